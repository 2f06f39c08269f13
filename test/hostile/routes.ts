import { globSync, readFileSync } from 'node:fs';

/** A page or endpoint of the program, found by its files. */
export type Route = {
	/** `/p/[programme]/gaps/[gap]` */
	readonly path: string;
	/** Names of its parameters, in order. */
	readonly parameters: readonly string[];
	readonly page: boolean;
	/** Names of its forms' actions; `default` for the one without a name. */
	readonly actions: readonly string[];
};

/** Every route that asks the server for something. A new one is among them without being told. */
export function everyRoute(): Route[] {
	return globSync('src/routes/**/{+page.server.ts,+server.ts}')
		.sort()
		.map((file) => {
			const path = file.slice('src/routes'.length, file.lastIndexOf('/')) || '/';
			const text = readFileSync(file, 'utf8');
			const [, actions = ''] = /export const actions[^=]*= \{\n([\s\S]*?)\n\}/.exec(text) ?? [];
			return {
				path,
				parameters: [...path.matchAll(/\[([\w]+)(?:=\w+)?\]/g)].map(([, name = '']) => name),
				page: file.endsWith('+page.server.ts'),
				actions: [...actions.matchAll(/^\t(?:async )?(\w+)[:(]/gm)].map(([, name = '']) => name)
			};
		});
}

/** The address of a route with its parameters filled in; they are encoded unless they are meant to break something. */
export const addressOf = (route: Route, values: Readonly<Record<string, string>>, raw: Readonly<Record<string, string>> = {}): string =>
	route.path.replace(/\[(\w+)(?:=\w+)?\]/g, (_, name: string) => raw[name] ?? encodeURIComponent(values[name] ?? 'none'));
