/** Trying a questionnaire needs script: the form's engine runs in the browser. */
export const csr = true;
