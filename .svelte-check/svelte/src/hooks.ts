import { deLocalizeUrl } from '#paraglide/runtime.js';

/** The locale stands in the address; the routes do not repeat it. */
export const reroute = ({ url }: { url: URL }): string => deLocalizeUrl(url).pathname;
