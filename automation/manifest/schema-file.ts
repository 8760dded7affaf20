/** File name of a kind's schema: `platform.schema.json`, `price-book.schema.json`. */
export const schemaFileOf = (kind: string): string =>
  `${kind.replace(/(?!^)([A-Z])/g, "-$1").toLowerCase()}.schema.json`;
