/** Codes of the errors a stack's program can end with. */
export const programCodes = {
  MRD5001: {
    title: "No components for this provider",
    meaning: "A region's provider has no components yet, so its stack cannot be built.",
    next: "Use a provider that `meridian explain region.spec.provider` lists as supported.",
  },
  MRD5011: {
    title: "A stack lacks its connection",
    meaning:
      "Every Kubernetes stack holds one kubernetes/cluster, every Cloudflare stack one cloudflare/account.",
    next: "This is a bug of the planner: report it with the stack's specification (`meridian plan --json`).",
  },
  MRD5012: {
    title: "A component is in a stack of another provider",
    meaning: "A stack's resources are all made with one provider.",
    next: "This is a bug of the planner: report it with the stack's specification (`meridian plan --json`).",
  },
  MRD5013: {
    title: "Traffic goes to a region without a pool",
    meaning: "A rule of the load balancer names a region that has no pool of machines.",
    next: "Give the region `capacity.nodes`, or take it out of the traffic rules.",
  },
} as const;

export type ProgramCode = keyof typeof programCodes;
