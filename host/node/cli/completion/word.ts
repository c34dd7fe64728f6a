/** The first word of the line by which a shell asks what may stand next; it is in no list of commands. */
export const COMPLETE = '__complete'
