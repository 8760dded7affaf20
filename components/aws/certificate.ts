import { Certificate } from "@pulumi/aws/acm/certificate";
import { CertificateValidation } from "@pulumi/aws/acm/certificateValidation";
import { getZoneOutput } from "@pulumi/aws/route53/getZone";
import { Record } from "@pulumi/aws/route53/record";
import type { Output, Resource } from "@pulumi/pulumi";
import type { AwsCertificate } from "../../automation/fleet/specs/aws/load-balancer";
import { NETWORK_STACK, networkOutput } from "../../automation/fleet/specs/aws/outputs";
import type { AwsSetting } from "./setting";
import { tagsOf } from "./tags";

const VALIDATION_TTL = 300;

/** The ARN of a certificate that may be used at once: issued ones are waited for. */
export function certificateArn(
  name: string,
  certificate: AwsCertificate,
  setting: AwsSetting,
  parent: Resource,
): Output<string> {
  const tags = tagsOf(setting, name);
  if (certificate.kind === "issued") return issued(name, certificate, setting, parent);
  const { secret } = setting.context;
  return new Certificate(
    name,
    { certificateBody: secret(certificate.certificate), privateKey: secret(certificate.key), tags },
    { parent },
  ).arn;
}

function issued(
  name: string,
  { zone, zoneOf, hosts }: Extract<AwsCertificate, { kind: "issued" }>,
  setting: AwsSetting,
  parent: Resource,
): Output<string> {
  const [domainName = zone, ...others] = hosts;
  const certificate = new Certificate(
    name,
    { domainName, subjectAlternativeNames: others, validationMethod: "DNS", tags: tagsOf(setting, name) },
    { parent },
  );
  const zoneId =
    zoneOf === "network"
      ? setting.references.text(NETWORK_STACK, networkOutput.publicZoneId)
      : getZoneOutput({ name: zone, privateZone: false }, { parent }).zoneId;
  const records = hosts.map((host, at) => {
    // One for each host; AWS gives them in an order of its own.
    const option = certificate.domainValidationOptions.apply(
      // Where no states are kept there are none.
      (options = []) => options.find(({ domainName: of }) => of === host) ?? options[at],
    );
    return new Record(
      `${name}-${host}`,
      {
        zoneId,
        name: option.apply((found) => found?.resourceRecordName ?? ""),
        type: option.apply((found) => found?.resourceRecordType ?? "CNAME"),
        records: [option.apply((found) => found?.resourceRecordValue ?? "")],
        ttl: VALIDATION_TTL,
        // The same host has the same record in every region's certificate.
        allowOverwrite: true,
      },
      { parent },
    );
  });
  return new CertificateValidation(
    name,
    { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
    { parent },
  ).certificateArn;
}
