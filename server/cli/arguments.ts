import { parseArgs } from 'node:util';
import { OperatorProblem } from '#server/problem.ts';

/** For a command that takes nothing: what was typed all the same was meant to do something, and would be passed over silently. */
export function takesNothing(args: readonly string[], help: string): void {
	understood(() => parseArgs({ args: [...args], options: {} }), help);
}

/** Reads arguments; what is not understood becomes a sentence for the terminal, with the help below it. @throws OperatorProblem */
export function understood<T>(parse: () => T, help: string): T {
	try {
		return parse();
	} catch (error) {
		throw new OperatorProblem(`${error instanceof Error ? error.message : 'These options are unknown.'}\n${help}`);
	}
}
