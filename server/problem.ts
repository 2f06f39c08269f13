/** Something the person at the terminal can put right. The message is one sentence saying what happened and what to do. */
export class OperatorProblem extends Error {
	override readonly name = 'OperatorProblem';
}
