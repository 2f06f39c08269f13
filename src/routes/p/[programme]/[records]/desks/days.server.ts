import { formatDate } from '#ui/format.ts';
import type { Place } from './desk.server.ts';

/** A plain day as pages show it, with its distance from today. */
export const dayText = (day: string | null, { locale, timeZone }: Place): string => (day ? formatDate(day, locale, timeZone) : '–');
