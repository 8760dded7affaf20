/** Codes of the errors a stack's program can end with. */
export const programCodes = {
  MRD5011: {
    title: "A stack lacks its connection",
    meaning:
      "Every Kubernetes stack holds one kubernetes/cluster, every Cloudflare stack one cloudflare/account, every AWS stack one aws/account.",
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
  MRD5014: {
    title: "A component needs what its stack does not make",
    meaning: "A component looks for a provider or a resource of its own stack that is not there yet.",
    next: "This is a bug of the planner: report it with the stack's specification (`meridian plan --json`).",
  },
  MRD5015: {
    title: "Another stack has not made what this one needs",
    meaning: "An id that the cloud makes up is an output of another stack, which has no such output.",
    next: "Apply that stack first: `meridian apply` of the whole platform does it in the right order.",
  },
  MRD5016: {
    title: "A content delivery network has no provider",
    meaning:
      "Cloudflare and CloudFront are built in; fastly and custom ones are plugged in by whoever has their provider.",
    next: "Set `services.cdn.engine` to cloudflare or cloudfront, or plug the provider in: components/cdn/plugged.ts says how.",
  },
  MRD5021: {
    title: "A copy would leave its jurisdiction",
    meaning:
      "Object stores replicate as whole sites, so a site outside the jurisdiction of the first one would take all data there.",
    next: "Give the region a cell of its own, or set `siteReplication: false` for the object store.",
  },
} as const;

export type ProgramCode = keyof typeof programCodes;
