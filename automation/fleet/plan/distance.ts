import type { TopologyRegion } from "../topology";

type Place = Pick<TopologyRegion, "latitude" | "longitude" | "name">;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The haversine of the angle between two places: grows with their distance. */
function apart(a: Place, b: Place): number {
  const height = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const width = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return height + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * width;
}

/** Nearest first; equally near ones by name. */
export const byDistance = <T extends Place>(from: Place, places: readonly T[]): readonly T[] =>
  [...places].sort((a, b) => apart(from, a) - apart(from, b) || (a.name < b.name ? -1 : 1));
