import { serve } from '#server/main.ts';
import { takesNothing } from './arguments.ts';

export const help = `
hamkor start

Starts the program: installs and builds what is missing, starts the database, brings it up to date and prints the address.
Ctrl-C stops it in order. Settings are environment variables, described in docs/settings.md, for example:

  PORT=8080 bin/hamkor start
`;

export function run(args: string[]): Promise<number> {
	takesNothing(args, help);
	return serve();
}
