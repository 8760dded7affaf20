/** Codes of locks: who may change a stack. */
export const lockCodes = {
  MRD5103: {
    title: "stack is locked",
    meaning: "Another run is changing the stack. Two writers would lose each other's changes.",
    next: "Wait for that run, or stop it. When its machine is gone: `meridian unlock STACK --fence`.",
  },
  MRD5204: {
    title: "lock was lost",
    meaning: "Somebody fenced this run off while it worked, so it stopped before writing any more.",
    next: "Find out who took the lock; then apply again.",
  },
  MRD5205: {
    title: "lock cannot be read or written",
    meaning: "The operating system refused a file of the lock folder, or a file there is damaged.",
    next: "Check that the folder exists and that you may write to it.",
  },
} as const;

/** A code of this room. */
export type LockCode = keyof typeof lockCodes;
