import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * A door for machines, asked before the pages: it answers and returns true, or returns false to let the next one look.
 * What a door throws becomes a 500 without details. The security headers are set already; a door only adds its own.
 */
export type Door = (
	request: IncomingMessage,
	response: ServerResponse,
	url: URL
) => Promise<boolean> | false;
