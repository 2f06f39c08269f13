/** Ends the run with one sentence that says what to do. @param {string} sentence @returns {never} */
export function giveUp(sentence) {
	process.stderr.write(`${sentence}\n`);
	process.exit(1);
}

/** Tells what is being done, on the error stream: standard output belongs to the command. @param {string} text */
export function tell(text) {
	process.stderr.write(`${text}\n`);
}
