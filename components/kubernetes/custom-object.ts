import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type { CustomResourceOptions } from "@pulumi/pulumi";

/** A custom resource as its definition has it. */
export interface CustomObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

/** Registers it. The type of `spec` is its definition's, which the tests hold it to. */
export const customObject = (
  name: string,
  { apiVersion, kind, metadata, spec }: CustomObject,
  opts: CustomResourceOptions,
): CustomResource =>
  new CustomResource(
    name,
    { apiVersion, kind, metadata: { ...metadata, labels: { ...metadata.labels } }, spec },
    opts,
  );
