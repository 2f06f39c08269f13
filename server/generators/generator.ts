/** A kind of file that is derived from others. */
export type Generator = {
	/** What it writes, for a person: `settings page`. */
	readonly name: string;
	/** Works out the files, by path from the project's folder. Writes nothing. */
	generate(): Promise<Record<string, string>>;
};
