/** What one manifest file may cost at most; a file beyond any of these is rejected before it costs more. */
export interface YamlLimits {
  /** Counted in UTF-16 units of the decoded text, which is never more than its bytes. */
  readonly characters: number;
  /** Nested mappings and lists. */
  readonly depth: number;
  /** Values in the file, those behind aliases counted each time they are used. */
  readonly nodes: number;
  readonly anchors: number;
  readonly aliases: number;
  readonly keyCharacters: number;
  /** Problems reported for one file; past that a person fixes these first. */
  readonly problems: number;
}

/** Generous for what people write (10,000 values is a large platform), small for what attacks need. */
export const defaultLimits: YamlLimits = {
  characters: 1_048_576,
  depth: 64,
  nodes: 250_000,
  anchors: 100,
  aliases: 200,
  keyCharacters: 256,
  problems: 20,
};
