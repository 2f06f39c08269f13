import type { Door } from '#server/door.ts';
import { health } from '#server/health.ts';

/** The doors, in the order they are asked. */
export const doors: readonly Door[] = [health];
