import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { Listener } from "@pulumi/aws/lb/listener";
import { ListenerRule } from "@pulumi/aws/lb/listenerRule";
import { LoadBalancer } from "@pulumi/aws/lb/loadBalancer";
import { TargetGroup } from "@pulumi/aws/lb/targetGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { AwsLoadBalancerSpec, AwsTargetSpec } from "../../automation/fleet/specs/aws/load-balancer";
import { loadBalancerOutput, NETWORK_STACK, networkOutput } from "../../automation/fleet/specs/aws/outputs";
import { protectedBy } from "../deletion";
import type { ProgramOutputs } from "../program-context";
import { certificateArn } from "./certificate";
import type { AwsSetting } from "./setting";
import { tagsOf } from "./tags";

const HTTP = 80;
const HTTPS = 443;
/** TLS 1.3, and 1.2 with forward secrecy. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** The region's load balancer: TLS at 443, a redirect at 80, one target group a service. */
export class AwsLoadBalancer extends ComponentResource {
  readonly outputs: ProgramOutputs;

  constructor(spec: AwsLoadBalancerSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:aws:LoadBalancer", spec.name, {}, opts);
    const { name } = spec;
    const { references, directory } = setting;
    const vpcId = references.text(NETWORK_STACK, networkOutput.vpcId(spec.region));
    const group = this.#securityGroup(spec, setting, vpcId);
    const balancer = new LoadBalancer(
      name,
      {
        name: spec.loadBalancer,
        loadBalancerType: "application",
        internal: false,
        subnets: references.texts(NETWORK_STACK, networkOutput.publicSubnetIds(spec.region)),
        securityGroups: [group.id],
        // Requests that two servers could read in two ways are refused.
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        enableDeletionProtection: protectedBy(spec.deletion, setting.context),
        tags: tagsOf(setting, name),
      },
      { parent: this },
    );
    const groups = spec.targets.map((target) => {
      const made = this.#targetGroup(name, target, setting, vpcId);
      directory.add(`target-group/${target.service}`, made.arn);
      return { target, made };
    });
    directory.add("load-balancer-security-group", group.id);
    directory.add("load-balancer", balancer.arn);
    this.#redirect(name, balancer, setting);
    this.#listen(spec, balancer, groups, setting);
    this.outputs = {
      [loadBalancerOutput.dnsName]: balancer.dnsName,
      [loadBalancerOutput.zoneId]: balancer.zoneId,
      [loadBalancerOutput.arn]: balancer.arn,
    };
    this.registerOutputs({ dnsName: balancer.dnsName });
  }

  #securityGroup(spec: AwsLoadBalancerSpec, setting: AwsSetting, vpcId: Output<string>): SecurityGroup {
    const key = spec.name;
    const opts = { parent: this };
    const group = new SecurityGroup(
      key,
      {
        vpcId,
        name: `${spec.loadBalancer}-balancer`,
        description: "The load balancer, open to the world",
        tags: tagsOf(setting, key),
      },
      opts,
    );
    for (const port of [HTTP, HTTPS]) {
      new SecurityGroupIngressRule(
        `${key}-${String(port)}`,
        {
          securityGroupId: group.id,
          description: `Anybody, to ${String(port)}`,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4: "0.0.0.0/0",
          tags: tagsOf(setting, `${key}-${String(port)}`),
        },
        opts,
      );
    }
    const inside = setting.references.text(NETWORK_STACK, networkOutput.vpcCidr(spec.region));
    for (const port of new Set(spec.targets.map((target) => target.port))) {
      const to = `${key}-to-${String(port)}`;
      new SecurityGroupEgressRule(
        to,
        {
          securityGroupId: group.id,
          description: `Targets, at ${String(port)}`,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          cidrIpv4: inside,
          tags: tagsOf(setting, to),
        },
        opts,
      );
    }
    return group;
  }

  #targetGroup(
    name: string,
    { service, targetGroup, port, protocol, health, drainSeconds }: AwsTargetSpec,
    setting: AwsSetting,
    vpcId: Output<string>,
  ): TargetGroup {
    const key = `${name}-${service}`;
    return new TargetGroup(
      key,
      {
        name: targetGroup,
        vpcId,
        port,
        protocol,
        targetType: "instance",
        deregistrationDelay: drainSeconds,
        healthCheck: {
          enabled: true,
          path: health.path,
          port: "traffic-port",
          protocol,
          interval: health.interval,
          timeout: health.timeout,
          healthyThreshold: health.healthy,
          unhealthyThreshold: health.unhealthy,
          matcher: health.codes,
        },
        tags: tagsOf(setting, key),
      },
      { parent: this },
    );
  }

  #redirect(name: string, balancer: LoadBalancer, setting: AwsSetting): void {
    const redirect = { protocol: "HTTPS", port: String(HTTPS), statusCode: "HTTP_301" };
    new Listener(
      `${name}-http`,
      {
        loadBalancerArn: balancer.arn,
        port: HTTP,
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect }],
        tags: tagsOf(setting, `${name}-http`),
      },
      { parent: this },
    );
  }

  #listen(
    spec: AwsLoadBalancerSpec,
    balancer: LoadBalancer,
    groups: readonly { readonly target: AwsTargetSpec; readonly made: TargetGroup }[],
    setting: AwsSetting,
  ): void {
    const key = `${spec.name}-https`;
    const rest = groups.find(({ target }) => target.hosts === undefined);
    const nothing = { contentType: "text/plain", messageBody: "no such host", statusCode: "404" };
    const listener = new Listener(
      key,
      {
        loadBalancerArn: balancer.arn,
        port: HTTPS,
        protocol: "HTTPS",
        sslPolicy: TLS_POLICY,
        certificateArn: certificateArn(`${spec.name}-certificate`, spec.certificate, setting, this),
        defaultActions: [
          rest === undefined
            ? { type: "fixed-response", fixedResponse: nothing }
            : { type: "forward", targetGroupArn: rest.made.arn },
        ],
        tags: tagsOf(setting, key),
      },
      { parent: this },
    );
    for (const { target, made } of groups) {
      if (target.hosts === undefined) continue;
      new ListenerRule(
        `${spec.name}-${target.service}`,
        {
          listenerArn: listener.arn,
          conditions: [{ hostHeader: { values: [...target.hosts] } }],
          actions: [{ type: "forward", targetGroupArn: made.arn }],
          tags: tagsOf(setting, `${spec.name}-${target.service}`),
        },
        { parent: this },
      );
    }
  }
}
