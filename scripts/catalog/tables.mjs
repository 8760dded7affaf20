// Deciding: which source wins for which fact, and what is refused. Pure functions of what sites.mjs read.
import { pointOf } from "./sites.mjs";

const byName = (a, b) => (a.name < b.name ? -1 : 1);
const refuse = (problem) => {
  throw new Error(`catalog: ${problem}`);
};

/** Drops what is unknown: an absent key is the only way the catalog says so. */
const known = (row) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value != null && value !== ""));

function airportPoint(airports, iata, country) {
  const airport = airports.get(iata) ?? refuse(`no airport ${iata}`);
  if (airport.country !== country) refuse(`airport ${iata} is in ${airport.country}, not ${country}`);
  return airport.point;
}

/** AWS says country and subdivision; the compiled table adds city and point; typed corrections win. */
export function awsLocations(published, compiled, typed, airports) {
  return [...published].map(([name, facts]) => {
    const seen = compiled.get(name);
    const { airport, ...fixes } = typed[name] ?? {};
    const country = fixes.country ?? facts.country;
    if (seen !== undefined && seen.country_id !== country)
      refuse(`${name}: ${country} or ${seen.country_id}?`);
    const point = seen && pointOf(seen.lat, seen.lon, "region");
    return known({
      ...{ name, displayName: facts.displayName, city: seen?.city, country, subdivision: facts.subdivision },
      ...(airport === undefined ? point : airportPoint(airports, airport, country)),
      ...{ partition: facts.partition, confidence: fixes.country === undefined ? "published" : "compiled" },
      ...fixes,
    });
  });
}

const STAGES = /(euap|stg)$/; // canary and staging: no customer can choose them

function azureCountry(name, { countries, cities }, winners) {
  const claims = new Set([countries[name]?.countryCode, cities[name]?.country_id].filter(Boolean));
  const winner = winners[name];
  if (claims.size > 1 && winner === undefined) refuse(`${name}: ${[...claims].join(" or ")}?`);
  return winner?.country ?? [...claims][0];
}

/** A region counts when two packages know it: announced ones and typing errors fall out. */
function azureNames({ countries, names, old, cities }) {
  const tables = [countries, names, old, cities].map((table) => new Set(Object.keys(table)));
  const all = new Set(tables.flatMap((table) => [...table]));
  const sure = [...all].filter((name) => tables.filter((table) => table.has(name)).length > 1);
  return sure.filter((name) => !STAGES.test(name)).sort();
}

function azurePoint(name, { countries, names, old }) {
  const seen = countries[name] ?? names[name];
  if (seen !== undefined) return pointOf(seen.lat, seen.lon, "region");
  return old[name] && pointOf(old[name].latitude, old[name].longitude, "region");
}

/** Azure: country by agreement of two tables, point from the first that has one, pair from Microsoft's own CLI. */
export function azureLocations(tables, typed, codes) {
  return azureNames(tables).map((name) => {
    const country = azureCountry(name, tables, typed.countryWinners) ?? refuse(`${name} has no country`);
    const { city, state } = tables.cities[name] ?? {};
    const label = tables.names[name]?.displayName ?? tables.old[name]?.location;
    const fixes = typed.locations[name] ?? {};
    return known({
      ...{ name, displayName: label, city, country, subdivision: codes.get(`${country} ${state}`) },
      ...azurePoint(name, tables),
      ...{ pair: tables.pairs[name], confidence: "compiled", note: typed.countryWinners[name]?.note },
      ...fixes,
    });
  });
}

/** Typed tables: the point is the vendor's where a package quotes it, else the city's airport. */
export function typedLocations(typed, airports, points = new Map()) {
  return Object.entries(typed).map(([name, { airport, ...facts }]) => {
    const point = points.get(name) ?? airportPoint(airports, airport, facts.country);
    const { note, confidence = "typed", ...rest } = facts;
    return known({ name, ...rest, ...point, confidence, note });
  });
}

/** Cloudflare: the code is the airport's; where there is no such airport the place stays unknown. */
export function pops(typed, airports) {
  const rows = Object.entries(typed.pops).flatMap(([country, codes]) =>
    codes.split(" ").map((name) => {
      const airport = airports.get(name);
      // The airport table files some territories under their state; the catalog keeps their own code.
      const filed = typed.filedUnder[country] ?? country;
      if (airport !== undefined && airport.country !== filed)
        refuse(`${name}: ${country} or ${airport.country}?`);
      return known({ name, city: airport?.city, country, ...airport?.point, confidence: "typed" });
    }),
  );
  return rows.sort(byName);
}

/** Country → the jurisdictions it lies in; a conditional membership is not one, it needs a named basis. */
export function jurisdictionTable(typed, countries) {
  const codes = new Set(countries.map(({ code }) => code));
  const members = new Map();
  const membersOf = ({ members: own, includes = [] }) =>
    new Set([...own.split(" "), ...includes.flatMap((key) => [...members.get(key)])]);
  for (const jurisdiction of typed) members.set(jurisdiction.key, membersOf(jurisdiction));
  for (const code of [...members.values()].flatMap((set) => [...set])) {
    if (!codes.has(code)) refuse(`${code} is no country`);
  }
  const keysOf = (code) => typed.map(({ key }) => key).filter((key) => members.get(key).has(code));
  const rows = countries.map(({ code }) => [code, keysOf(code)]).filter(([, keys]) => keys.length > 0);
  return {
    jurisdictions: typed.map(({ key, title, source, confidence, conditional = {} }) => ({
      ...{ key, title, source, confidence, conditional },
    })),
    countries: Object.fromEntries(rows),
  };
}
