import type { Door } from '#server/door.ts';
import { foreignForm } from '#server/foreign-form.ts';
import { health } from '#server/health.ts';
import { odata } from '#server/odata/odata.ts';
import { openrosa } from '#server/openrosa/openrosa.ts';

/** The doors, in the order they are asked. */
export const doors: readonly Door[] = [health, openrosa, odata, foreignForm];
