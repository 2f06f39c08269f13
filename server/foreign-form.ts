import type { IncomingMessage } from 'node:http';
import type { Door } from '#server/door.ts';
import { refuse } from '#server/refusal.ts';

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses what another site's page made a browser send, whatever its content calls itself. The framework refuses forms itself, in one
 * English line; here the person learns in her language that nothing happened. Doors for machines are asked before.
 */
export const foreignForm: Door = (request, response) => {
	if (!changing.has(request.method ?? '') || request.headers.origin === ownOrigin(request)) return false;
	refuse(request, response, 403, 'foreign-form');
	return Promise.resolve(true);
};

/** As the program is known outside; `server/origin.ts` has set both headers, whatever was sent in them. */
const ownOrigin = ({ headers }: IncomingMessage): string => `${String(headers['x-forwarded-proto'])}://${String(headers['x-forwarded-host'])}`;
