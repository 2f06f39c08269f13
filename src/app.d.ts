import type { Actor } from '#platform/actor.ts';
import type { Locale } from '#platform/locales.ts';
import type { SignedIn } from '#platform/session.server.ts';

declare global {
	namespace App {
		interface Locals {
			/** Who acts: the signed-in person, or the public. */
			actor: Actor;
			/** The session behind a person, with how lately it was confirmed. */
			signedIn: SignedIn | null;
			locale: Locale;
			requestId: string;
		}
		interface Error {
			/** The problem's code, for machines and tests. */
			code?: string;
			requestId?: string;
		}
	}
}

export {};
