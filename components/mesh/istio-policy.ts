/** Istio's own objects: who is trusted, how calls are made, and where services are found. */
import {
  EAST_WEST_GATEWAY,
  type IstioMeshSpec,
  type MeshPolicy,
  type MeshService,
} from "../../automation/fleet/specs/kubernetes/mesh";
import { EAST_WEST_PORT } from "./istio-charts";

/** Lost connections and 503 are retried: the platform's operations are idempotent by its own design. */
const RETRY_ON = "connect-failure,refused-stream,unavailable,reset,503";

/** Endpoints carry the network they are on, whichever cluster lists them. */
const NETWORK = "topology.istio.io/network";

export const fqdnOf = ({ name, namespace }: Pick<MeshService, "name" | "namespace">): string =>
  `${name}.${namespace}.svc.cluster.local`;

/** The `spec` of the mesh-wide PeerAuthentication. */
export const peerAuthenticationSpec = ({ mtls }: IstioMeshSpec) => ({
  mtls: { mode: mtls === "strict" ? "STRICT" : "PERMISSIVE" },
});

/** The `spec` of the Gateway that lets other regions in: by server name, encrypted from pod to pod. */
export const eastWestGatewaySpec = () => ({
  selector: { ...EAST_WEST_GATEWAY },
  servers: [
    {
      port: { number: EAST_WEST_PORT, name: "tls", protocol: "TLS" },
      tls: { mode: "AUTO_PASSTHROUGH" },
      hosts: ["*.local"],
    },
  ],
});

/** Regions of the mesh, sorted: every region writes the same list. */
const regionsOf = ({ region, peers }: IstioMeshSpec): readonly string[] =>
  [region, ...peers.map((peer) => peer.region)].sort();

/**
 * The `spec` of a service's DestinationRule: the nearest healthy endpoints, then another region's. An endpoint
 * with so many errors in a row takes no requests for a while; half of them may be out before all are tried again.
 */
export const destinationRuleSpec = (spec: IstioMeshSpec, service: MeshService) => ({
  host: fqdnOf(service),
  trafficPolicy: {
    tls: { mode: "ISTIO_MUTUAL" },
    loadBalancer: {
      simple: "LEAST_REQUEST",
      localityLbSetting: {
        enabled: true,
        ...(spec.peers.length === 0 ? {} : { failoverPriority: [NETWORK, "topology.kubernetes.io/zone"] }),
      },
    },
    outlierDetection: outlierDetection(spec.policy),
  },
  subsets: regionsOf(spec).map((region) => ({ name: region, labels: { [NETWORK]: region } })),
});

/** Without it Istio does not fail over between localities at all. */
export const outlierDetection = ({ consecutiveErrors }: Pick<MeshPolicy, "consecutiveErrors">) => ({
  consecutive5xxErrors: consecutiveErrors,
  consecutiveGatewayErrors: consecutiveErrors,
  interval: "10s",
  baseEjectionTime: "30s",
  maxEjectionPercent: 50,
});

/** Names of a service under the mesh's suffix: the nearest one's, then each region's. */
export const discoveredNames = (spec: IstioMeshSpec, { name }: MeshService): readonly string[] => {
  const suffix = spec.discovery?.suffix;
  if (suffix === undefined) return [];
  return [`${name}${suffix}`, ...regionsOf(spec).map((region) => `${name}.${region}${suffix}`)];
};

/** The `spec` of a service's VirtualService: timeout and retries of every call, by whichever name. */
export function virtualServiceSpec(spec: IstioMeshSpec, service: MeshService) {
  const { suffix } = spec.discovery ?? {};
  const regional = suffix === undefined ? [] : regionsOf(spec);
  return {
    hosts: [fqdnOf(service), ...discoveredNames(spec, service)],
    http: [
      ...regional.map((region) => ({
        name: region,
        // A prefix, since the authority may name the port.
        match: [{ authority: { prefix: `${service.name}.${region}${suffix ?? ""}` } }],
        ...callOf(spec.policy, service, region),
      })),
      { name: "nearest", ...callOf(spec.policy, service) },
    ],
  };
}

/** The timeout is the whole call's, retries included. */
const callOf = ({ timeoutSeconds, retries }: MeshPolicy, service: MeshService, subset?: string) => ({
  timeout: `${String(timeoutSeconds)}s`,
  retries: {
    attempts: retries,
    ...(retries === 0 ? {} : { retryOn: RETRY_ON }),
    // Another locality's endpoint is tried when this one's have failed.
    retryRemoteLocalities: subset === undefined,
  },
  route: [
    {
      destination: {
        host: fqdnOf(service),
        port: { number: service.port },
        ...(subset === undefined ? {} : { subset }),
      },
    },
  ],
});

/** The `spec` of the ServiceEntry that gives a service its names; its VirtualService leads them on. */
export const serviceEntrySpec = (spec: IstioMeshSpec, service: MeshService) => ({
  hosts: [...discoveredNames(spec, service)],
  location: "MESH_INTERNAL",
  resolution: "DNS",
  ports: [{ number: service.port, name: "http", protocol: "HTTP" }],
  endpoints: [{ address: fqdnOf(service) }],
});

/** The `spec` of a WorkloadEntry: the service as another region has it, entered by that network's gateway. */
export const workloadEntrySpec = (service: MeshService, region: string) => ({
  network: region,
  locality: region,
  labels: { "app.kubernetes.io/name": service.name, "security.istio.io/tlsMode": "istio" },
  ports: { http: service.targetPort },
  serviceAccount: "default",
});
