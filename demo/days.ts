/** Days of the demonstration are counted from the day on which it was laid out. */
import type { Day } from './made-up/types.ts';

const aDay = 86_400_000;

/** The calendar day so many days from another. @param today `YYYY-MM-DD` */
export const dayFrom = (today: string, days: Day): string => new Date(Date.parse(today) + days * aDay).toISOString().slice(0, 10);

/** A moment of a day in Uzbekistan, where the clock is five hours ahead all year. */
export const momentOn = (day: string, minutes: number, seconds = 0): Date => new Date(Date.parse(`${day}T00:00:00+05:00`) + minutes * 60_000 + seconds * 1000);

/** The day it is in Uzbekistan. */
export const dayOf = (moment: Date): string => new Date(moment.getTime() + 5 * 3_600_000).toISOString().slice(0, 10);
