import * as grpc from "@grpc/grpc-js";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { Properties } from "../../../automation/engine/sandbox/values";

const struct = (value: Properties): Struct => Struct.fromJavaScript(value);
const bag = (value: Struct | undefined): Properties => value?.toJavaScript() ?? {};

const promised = <T>(
  call: (done: (error: grpc.ServiceError | null, value: T) => void) => unknown,
): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, value) => {
      if (error === null) resolve(value);
      else reject(new Error(error.details));
    });
  });

export interface Target {
  readonly type: string;
  readonly name: string;
  readonly stack?: string;
}

export const urnOf = ({ type, name, stack = "dev" }: Target): string =>
  `urn:pulumi:${stack}::project::${type}::${name}`;

/** Speaks to a provider as the engine does, in plain values. */
export class ProviderClient {
  private readonly client: ResourceProviderClient;

  constructor(port: number) {
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  close(): void {
    this.client.close();
  }

  async configure(args: Properties): Promise<void> {
    const request = new messages.ConfigureRequest().setArgs(struct(args)).setAcceptsecrets(true);
    await promised<messages.ConfigureResponse>((done) => this.client.configure(request, done));
  }

  async check(target: Target, olds: Properties, news: Properties) {
    const request = new messages.CheckRequest()
      .setUrn(urnOf(target))
      .setType(target.type)
      .setName(target.name);
    request.setOlds(struct(olds)).setNews(struct(news));
    const response = await promised<messages.CheckResponse>((done) => this.client.check(request, done));
    return {
      inputs: bag(response.getInputs()),
      failures: response.getFailuresList().map((f) => f.getProperty()),
    };
  }

  async diff(target: Target, id: string, olds: Properties, news: Properties) {
    const request = new messages.DiffRequest()
      .setUrn(urnOf(target))
      .setType(target.type)
      .setName(target.name);
    request.setId(id).setOldInputs(struct(olds)).setOlds(struct(olds)).setNews(struct(news));
    const response = await promised<messages.DiffResponse>((done) => this.client.diff(request, done));
    return {
      changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
      diffs: response.getDiffsList(),
      replaces: response.getReplacesList(),
      deleteBeforeReplace: response.getDeletebeforereplace(),
    };
  }

  async create(target: Target, inputs: Properties, preview = false) {
    const request = new messages.CreateRequest()
      .setUrn(urnOf(target))
      .setType(target.type)
      .setName(target.name);
    request.setProperties(struct(inputs)).setPreview(preview);
    const response = await promised<messages.CreateResponse>((done) => this.client.create(request, done));
    return { id: response.getId(), outputs: bag(response.getProperties()) };
  }

  async update(
    target: Target,
    id: string,
    olds: Properties,
    news: Properties,
    preview = false,
  ): Promise<Properties> {
    const request = new messages.UpdateRequest()
      .setUrn(urnOf(target))
      .setType(target.type)
      .setName(target.name);
    request.setId(id).setOlds(struct(olds)).setNews(struct(news)).setPreview(preview);
    return bag(
      (await promised<messages.UpdateResponse>((done) => this.client.update(request, done))).getProperties(),
    );
  }

  async read(target: Target, id: string, inputs: Properties, outputs: Properties) {
    const request = new messages.ReadRequest()
      .setUrn(urnOf(target))
      .setType(target.type)
      .setName(target.name);
    request.setId(id).setInputs(struct(inputs)).setProperties(struct(outputs));
    const response = await promised<messages.ReadResponse>((done) => this.client.read(request, done));
    return {
      id: response.getId(),
      inputs: bag(response.getInputs()),
      outputs: bag(response.getProperties()),
    };
  }

  async remove(target: Target, id: string, outputs: Properties): Promise<void> {
    const request = new messages.DeleteRequest()
      .setUrn(urnOf(target))
      .setType(target.type)
      .setName(target.name);
    request.setId(id).setProperties(struct(outputs));
    await promised<Empty>((done) => this.client.delete(request, done));
  }

  async diffConfig(olds: Properties, news: Properties): Promise<readonly string[]> {
    const request = new messages.DiffRequest().setOlds(struct(olds)).setNews(struct(news));
    return (
      await promised<messages.DiffResponse>((done) => this.client.diffConfig(request, done))
    ).getReplacesList();
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const request = new messages.InvokeRequest().setTok(token).setArgs(struct(args));
    return bag(
      (await promised<messages.InvokeResponse>((done) => this.client.invoke(request, done))).getReturn(),
    );
  }
}
