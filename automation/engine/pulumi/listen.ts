import * as grpc from "@grpc/grpc-js";

/** A gRPC server of this process on a free local port. */
export interface Listener {
  /** `127.0.0.1:40123`. */
  readonly address: string;
  readonly close: () => void;
}

const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** Starts a server with the services that `addServices` gives it. */
export async function listen(addServices: (server: grpc.Server) => void): Promise<Listener> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  addServices(server);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
