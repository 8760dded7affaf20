/** Of every manifest. */
export const API_VERSION = "meridian.dev/v1";
