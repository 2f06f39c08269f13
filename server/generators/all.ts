import { databaseTypes } from '#server/generators/database-types.ts';
import type { Generator } from '#server/generators/generator.ts';
import { settingsPage } from '#server/generators/settings-page.ts';
import { uzCyrlMessages } from '#server/generators/uz-cyrl-messages.ts';

/** Every derived file of the project comes from one of these. */
export const generators: readonly Generator[] = [settingsPage, uzCyrlMessages, databaseTypes];
