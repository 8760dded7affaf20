/**
 * The half of Pulumi's engine that a program talks to, in-process: it takes registrations, writes them
 * down and answers as providers would. Nothing is created anywhere.
 */
import type { ServiceError } from "@grpc/grpc-js";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as messages from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { GraphResource } from "../engine";
import type { Properties } from "../sandbox/values";
import { graphError } from "./graph-error";
import type { ProviderKnowledge } from "./knowledge";
import { asError } from "./program-failure";
import { shownAll } from "./shown";
import { isRootStack, urnOf } from "./urn";

type Answer<T> = (error: ServiceError | Error | null, response: T) => void;

/** `supportsFeature` answers; what is left out (transforms, output values) needs the real engine. */
const features = new Set([
  "secrets",
  "resourceReferences",
  "deletedWith",
  "replaceWith",
  "aliasSpecs",
  "parameterization",
]);

const toStruct = (properties: Properties): Struct => Struct.fromJavaScript(properties);
const fromStruct = (struct: Struct | undefined): Properties => struct?.toJavaScript() ?? {};

/**
 * What the SDK reads of an answer. A protobuf message would hold every property as a message of its own,
 * made here only to be taken apart there: a tenth of a run.
 */
interface Registered {
  readonly getUrn: () => string;
  readonly getId: () => string;
  readonly getObject: () => { readonly toJavaScript: () => Properties };
  readonly getPropertydependenciesMap: () => undefined;
  readonly getResult: () => messages.Result;
}

const registered = (urn: string, id: string, outputs: Properties): Registered => ({
  getUrn: () => urn,
  getId: () => id,
  getObject: () => ({ toJavaScript: () => outputs }),
  getPropertydependenciesMap: () => undefined,
  getResult: () => messages.Result.SUCCESS,
});

/** Collects one run of one program. */
export class GraphMonitor {
  /** In the order of registration: a resource stands after its parent and what it depends on. */
  readonly resources: GraphResource[] = [];
  private readonly inputs = new Map<string, Properties>();
  private stopped: Error | undefined;

  constructor(
    private readonly place: { readonly project: string; readonly stack: string },
    private readonly knowledge: ProviderKnowledge,
    private readonly to: {
      /** Hides secrets that slipped through unmarked. */
      readonly hide: (inputs: Properties) => Properties;
      /** Hears why a request was refused: the SDK passes on no more than its text. */
      readonly onRefusal: (reason: Error) => void;
    },
  ) {}

  /** From now on the program is refused everything. */
  stop(reason: Error): void {
    this.stopped = reason;
  }

  registerResource(request: messages.RegisterResourceRequest, answer: Answer<Registered>): void {
    this.respond(answer, () => this.register(request));
  }

  readResource(request: messages.ReadResourceRequest, answer: Answer<messages.ReadResourceResponse>): void {
    this.respond(answer, () => {
      const inputs = fromStruct(request.getProperties());
      const asked = { type: request.getType(), name: request.getName(), inputs };
      const { outputs } = this.knowledge.outputsOf({ ...asked, provider: {} });
      const response = new messages.ReadResourceResponse();
      response.setUrn(urnOf(this.place, { ...asked, parent: request.getParent() }));
      response.setProperties(toStruct(outputs));
      return response;
    });
  }

  invoke(request: messages.ResourceInvokeRequest, answer: Answer<provider.InvokeResponse>): void {
    this.respond(answer, () => {
      const token = request.getTok();
      const result = this.knowledge.invoke(token, fromStruct(request.getArgs()));
      if (result === undefined)
        throw graphError("MRD5708", this.stackId, `${token} cannot be answered without its real provider`);
      const response = new provider.InvokeResponse();
      response.setReturn(toStruct(result));
      return response;
    });
  }

  registerResourceOutputs(_: messages.RegisterResourceOutputsRequest, answer: Answer<object>): void {
    answer(null, {});
  }

  supportsFeature(
    request: messages.SupportsFeatureRequest,
    answer: Answer<{ readonly getHassupport: () => boolean }>,
  ): void {
    answer(null, { getHassupport: () => features.has(request.getId()) });
  }

  registerPackage(_: unknown, answer: Answer<messages.RegisterPackageResponse>): void {
    const response = new messages.RegisterPackageResponse();
    response.setRef("graph");
    answer(null, response);
  }

  close(): void {
    // There is no connection to close.
  }

  private get stackId(): string {
    return `${this.place.project}/${this.place.stack}`;
  }

  private register(request: messages.RegisterResourceRequest): Registered {
    if (this.stopped !== undefined) throw this.stopped;
    const [type, name, custom] = [request.getType(), request.getName(), request.getCustom()];
    const urn = urnOf(this.place, { type, name, parent: request.getParent() });
    const inputs = fromStruct(request.getObject());
    if (!isRootStack(type)) this.record(urn, request, inputs);
    if (!custom) return registered(urn, "", inputs);
    if (type.startsWith("pulumi:")) return registered(urn, `${name}-id`, inputs);
    const provider = this.inputs.get(request.getProvider().replace(/::[^:]*$/, "")) ?? {};
    const { id, outputs } = this.knowledge.outputsOf({ type, name, inputs, provider });
    return registered(urn, id, outputs);
  }

  private record(urn: string, request: messages.RegisterResourceRequest, inputs: Properties): void {
    if (this.inputs.has(urn)) {
      const what = `${request.getType()} "${request.getName()}"`;
      throw graphError("MRD5702", this.stackId, `${this.stackId} registers ${what} twice`);
    }
    // Only providers are looked up again.
    this.inputs.set(urn, request.getType().startsWith("pulumi:providers:") ? inputs : {});
    const parent = request.getParent();
    this.resources.push({
      urn,
      type: request.getType(),
      name: request.getName(),
      custom: request.getCustom(),
      ...(parent === "" || isRootStack(parent.split("::")[2] ?? "") ? {} : { parent }),
      dependencies: [...request.getDependenciesList()].sort(),
      protect: request.getProtect() ?? false,
      inputs: this.to.hide(shownAll(inputs)),
    });
  }

  private respond<T>(answer: Answer<T>, work: () => T): void {
    let response: T;
    try {
      response = work();
    } catch (reason) {
      const error = asError(reason);
      this.to.onRefusal(error);
      // The SDK reads no response when there is an error.
      answer(error, undefined as T);
      return;
    }
    answer(null, response);
  }
}
