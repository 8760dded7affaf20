/** The ResourceProvider service of Pulumi over the lifecycle: protobuf in, protobuf out. */
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { Cloud } from "./cloud";
import { Configuration, type Environment } from "./configuration";
import type { Difference } from "./difference";
import { check, create, diff, previewOutputs, read, remove, update, type Subject } from "./lifecycle";
import { errorLine, sandboxError } from "./sandbox-error";
import type { Properties } from "./values";

const bag = (struct: Struct | undefined): Properties => struct?.toJavaScript() ?? {};

const struct = (properties: Properties): Struct => Struct.fromJavaScript(properties);

/** Older engines send no type and name beside the URN. */
function subjectOf(request: { getUrn: () => string; getType: () => string; getName: () => string }): Subject {
  const urn = request.getUrn();
  const [, , , types = "", ...name] = urn.split("::");
  return {
    urn,
    type: request.getType() || (types.split("$").at(-1) ?? types),
    name: request.getName() || name.join("::"),
  };
}

type Answer<Request, Response> = (request: Request) => Response | Promise<Response>;

/** An answer as gRPC wants it; every failure is one line with a code. */
const unary =
  <Request, Response>(answer: Answer<Request, Response>): grpc.handleUnaryCall<Request, Response> =>
  (call, callback) => {
    void (async () => {
      try {
        callback(null, await answer(call.request));
      } catch (error) {
        callback({ code: grpc.status.UNKNOWN, details: errorLine(error) });
      }
    })();
  };

const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = messages.PropertyDiff.Kind;
const diffKinds = {
  add: [ADD, ADD_REPLACE],
  delete: [DELETE, DELETE_REPLACE],
  update: [UPDATE, UPDATE_REPLACE],
} as const;

function diffResponse(
  found: readonly Difference[],
  changed: readonly string[],
  replaces: readonly string[],
  deleteBeforeReplace: boolean,
): messages.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse();
  response.setChanges(found.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList([...changed]);
  response.setReplacesList([...replaces]);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const { path, kind } of found) {
    const detail = new messages.PropertyDiff();
    detail.setKind(diffKinds[kind][replaces.includes(path) ? 1 : 0]);
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
  }
  return response;
}

/** The handlers of one provider process, or of a test. */
export function handlers(cloud: Cloud, environment: Environment): grpc.UntypedServiceImplementation {
  const configuration = new Configuration(cloud, environment);
  return {
    ...configHandlers(configuration),
    ...resourceHandlers(configuration),
    getSchema: unary(() =>
      new messages.GetSchemaResponse().setSchema(
        JSON.stringify({ name: cloud.name, version: environment.version }),
      ),
    ),
    getPluginInfo: unary(() => new PluginInfo().setVersion(environment.version)),
    attach: unary(() => new Empty()),
    cancel: unary(() => {
      configuration.cancel();
      return new Empty();
    }),
    invoke: unary((request: messages.InvokeRequest) => {
      const answer = cloud.invoke(request.getTok(), bag(request.getArgs()), configuration.settings);
      if (answer === undefined)
        throw sandboxError("MRD7014", `the sandbox has no function ${request.getTok()}`);
      return new messages.InvokeResponse().setReturn(struct(answer));
    }),
  };
}

function configHandlers(configuration: Configuration): grpc.UntypedServiceImplementation {
  return {
    handshake: unary(() =>
      new messages.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(false)
        .setAcceptOutputs(false),
    ),
    checkConfig: unary((request: messages.CheckRequest) =>
      new messages.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary((request: messages.DiffRequest) => {
      const olds = bag(request.getOldInputs() ?? request.getOlds());
      const change = configuration.diff(olds, bag(request.getNews()));
      return diffResponse(change.differences, change.changed, change.replaces, false);
    }),
    configure: unary((request: messages.ConfigureRequest) => {
      configuration.configure(bag(request.getArgs()));
      return new messages.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setAcceptresources(false)
        .setAcceptoutputs(false);
    }),
  };
}

function resourceHandlers(configuration: Configuration): grpc.UntypedServiceImplementation {
  return {
    check: unary((request: messages.CheckRequest) => {
      const { inputs, problems } = check(
        configuration.session,
        subjectOf(request),
        bag(request.getOlds()),
        bag(request.getNews()),
      );
      return new messages.CheckResponse()
        .setInputs(struct(inputs))
        .setFailuresList(
          problems.map(({ property, reason }) =>
            new messages.CheckFailure().setProperty(property).setReason(`MRD7013 sandbox: ${reason}`),
          ),
        );
    }),
    diff: unary((request: messages.DiffRequest) => {
      const olds = bag(request.getOldInputs() ?? request.getOlds());
      const change = diff(
        configuration.session,
        subjectOf(request),
        request.getId(),
        olds,
        bag(request.getNews()),
      );
      return diffResponse(change.differences, change.changed, change.replaces, change.deleteBeforeReplace);
    }),
    create: unary(async (request: messages.CreateRequest) => {
      const inputs = bag(request.getProperties());
      const subject = subjectOf(request);
      if (request.getPreview()) {
        return new messages.CreateResponse().setProperties(
          struct(previewOutputs(configuration.session, subject, inputs)),
        );
      }
      const { id, outputs } = await create(configuration.session, subject, inputs);
      return new messages.CreateResponse().setId(id).setProperties(struct(outputs));
    }),
    read: unary(async (request: messages.ReadRequest) => {
      const olds = { inputs: bag(request.getInputs()), outputs: bag(request.getProperties()) };
      const found = await read(configuration.session, subjectOf(request), request.getId(), olds);
      if (found === undefined) return new messages.ReadResponse();
      return new messages.ReadResponse()
        .setId(found.id)
        .setInputs(struct(found.inputs))
        .setProperties(struct(found.outputs));
    }),
    update: unary(async (request: messages.UpdateRequest) => {
      const subject = subjectOf(request);
      const [olds, news] = [bag(request.getOlds()), bag(request.getNews())];
      if (request.getPreview()) {
        return new messages.UpdateResponse().setProperties(
          struct(previewOutputs(configuration.session, subject, news, olds)),
        );
      }
      const { outputs } = await update(configuration.session, subject, request.getId(), olds, news);
      return new messages.UpdateResponse().setProperties(struct(outputs));
    }),
    delete: unary(async (request: messages.DeleteRequest) => {
      await remove(configuration.session, subjectOf(request), request.getId(), bag(request.getProperties()));
      return new Empty();
    }),
  };
}

/** Serves on a free local port and returns it. */
export async function serve(
  cloud: Cloud,
  environment: Environment,
): Promise<{ readonly port: number; readonly server: grpc.Server }> {
  const large = 400 * 1024 * 1024;
  const server = new grpc.Server({
    "grpc.max_receive_message_length": large,
    "grpc.max_send_message_length": large,
  });
  server.addService(ResourceProviderService, handlers(cloud, environment));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { port, server };
}
