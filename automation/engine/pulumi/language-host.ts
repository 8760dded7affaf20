/**
 * The program's side of Pulumi's engine, as the Automation API's inline programs have it.
 *
 * Ours is its own because a process runs one stack: nothing needs isolating, a program that fails is told
 * without a stack trace, and `Stack.up` would start the CLI three more times to read outputs and history.
 */
import * as grpc from "@grpc/grpc-js";
import * as log from "@pulumi/pulumi/log";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { disconnect, resetOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { listen, type Listener } from "./listen";

/** Serves one program to the CLI; every reason it failed for goes to `onFailure`. */
export function serveProgram(
  program: () => Promise<unknown>,
  onFailure: (reason: unknown) => void,
): Promise<Listener> {
  dropDebugMessages(log);
  return listen((server) => {
    server.addService(LanguageRuntimeService, {
      getRequiredPlugins: (_: unknown, answer: grpc.sendUnaryData<messages.GetRequiredPluginsResponse>) => {
        answer(null, new messages.GetRequiredPluginsResponse());
      },
      getPluginInfo: (_: unknown, answer: grpc.sendUnaryData<PluginInfo>) => {
        answer(null, new PluginInfo().setVersion("1.0.0"));
      },
      run: (
        call: { readonly request: messages.RunRequest },
        answer: grpc.sendUnaryData<messages.RunResponse>,
      ) => {
        void run(call.request, program, onFailure).then((response) => answer(null, response));
      },
    });
  });
}

/** The SDK sends several for every resource, each a call to the engine and an event back, and nobody reads them. */
function dropDebugMessages(of: { debug: typeof log.debug }): void {
  of.debug = () => Promise.resolve();
}

async function run(
  request: messages.RunRequest,
  program: () => Promise<unknown>,
  onFailure: (reason: unknown) => void,
): Promise<messages.RunResponse> {
  let failed = false;
  const fail = (reason: unknown): void => {
    failed = true;
    // The engine is going away, and has said why itself.
    if (!isConnectionLoss(reason)) onFailure(reason);
  };
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);
  configure(request);
  try {
    await runInPulumiStack(program);
    await disconnect(true);
  } catch (reason) {
    fail(reason);
    await disconnect().catch(() => undefined);
  }
  // Rejections that have happened are reported a turn later.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const response = new messages.RunResponse();
  if (failed) response.setError("the program failed");
  return response;
}

function configure(request: messages.RunRequest): void {
  resetOptions(
    request.getProject(),
    request.getStack(),
    request.getParallel(),
    request.getArgsList()[0] ?? "",
    request.getMonitorAddress(),
    request.getDryrun(),
    request.getOrganization(),
  );
  const config: Record<string, string> = {};
  request.getConfigMap().forEach((value, key) => (config[key] = value));
  setAllConfig(config, request.getConfigsecretkeysList());
}

const isConnectionLoss = (reason: unknown): boolean =>
  reason instanceof Error &&
  "code" in reason &&
  (reason.code === grpc.status.UNAVAILABLE || reason.code === grpc.status.CANCELLED);
