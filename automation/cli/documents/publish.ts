import { z } from "zod";
import { DOCUMENTS } from "./index";

/** JSON Schemas of the CLI's documents by path under schemas/. */
export const publishedDocuments = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(DOCUMENTS).map(([verb, document]) => [
      `cli/${verb}.schema.json`,
      {
        ...z.toJSONSchema(document, { io: "input", target: "draft-2020-12" }),
        $id: `https://meridian.dev/schemas/cli/${verb}.schema.json`,
        title: `meridian ${verb} --json`,
      },
    ]),
  );
