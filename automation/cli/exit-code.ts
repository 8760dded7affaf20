/** 0 nothing wrong, 1 an error or a blocking finding, 2 changes (with --detailed-exitcode), 130 stopped by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130;
