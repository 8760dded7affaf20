import { all, secret, type Output } from "@pulumi/pulumi";
import { clusterOutput } from "../../automation/fleet/specs/aws/outputs";
import type { EksAccess } from "../../automation/fleet/specs/kubernetes/cluster";
import type { ProgramContext } from "../program-context";
import { StackReferences } from "./references";

/** A kubeconfig for a cluster that another stack made: `aws eks get-token` makes the credentials when they are needed. */
export function eksKubeconfig(
  { stack, location, accessKeyId, secretAccessKey, sessionToken }: EksAccess,
  platform: string,
  reader: string,
  context: ProgramContext,
): Output<string> {
  const references = new StackReferences(platform, `${platform}/${reader}`);
  const facts = all([
    references.text(stack, clusterOutput.name),
    references.text(stack, clusterOutput.endpoint),
    references.text(stack, clusterOutput.ca),
  ]);
  const keys = all([
    context.secret(accessKeyId),
    context.secret(secretAccessKey),
    sessionToken === undefined ? "" : context.secret(sessionToken),
  ]);
  const text = all([facts, keys]).apply(([[name, endpoint, ca], [id, key, token]]) => {
    const env = [
      { name: "AWS_ACCESS_KEY_ID", value: id },
      { name: "AWS_SECRET_ACCESS_KEY", value: key },
      ...(token === "" ? [] : [{ name: "AWS_SESSION_TOKEN", value: token }]),
    ];
    const args = ["eks", "get-token", "--cluster-name", name, "--region", location, "--output", "json"];
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "aws", args, env };
    return JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": ca } }],
      users: [{ name, user: { exec: { ...exec, interactiveMode: "Never" } } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      "current-context": name,
    });
  });
  return secret(text);
}
