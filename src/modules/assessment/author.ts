import type { Permit } from '#platform/permit.server.ts';

/** The person who acts under a permit; null for a system task. */
export const personIdOf = (permit: Permit<string>): string | null => (permit.actor.kind === 'person' ? permit.actor.personId : null);
