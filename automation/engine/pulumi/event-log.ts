import type * as grpc from "@grpc/grpc-js";
import type { EngineEvent as PulumiEvent } from "@pulumi/pulumi/automation/events";
import { EventsService } from "@pulumi/pulumi/proto/events_grpc_pb";
import type { EventRequest } from "@pulumi/pulumi/proto/events_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { listen, type Listener } from "./listen";

/** Receives the CLI's `--event-log tcp://…` as it happens. */
export const serveEventLog = (onEvent: (event: PulumiEvent) => void): Promise<Listener> =>
  listen((server) => {
    server.addService(EventsService, {
      streamEvents: (
        call: grpc.ServerReadableStream<EventRequest, Empty>,
        answer: grpc.sendUnaryData<Empty>,
      ) => {
        call.on("data", (request: EventRequest) => onEvent(JSON.parse(request.getEvent()) as PulumiEvent));
        call.on("end", () => answer(null, new Empty()));
        call.on("error", () => undefined);
      },
    });
  });
