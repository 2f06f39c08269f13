/** Something that must hold of the whole project. */
export type Check = {
	readonly name: string;
	/** Answers with what is wrong, a line each; nothing when all is well. */
	run(): Promise<string[]>;
};
