/**
 * What every command needs before its own work begins: to read its words, to find its work, to explain it. The build makes one chunk of
 * it, because each file more costs a start more than what is in it.
 */
export { COMMAND_NAMES, COMMANDS, commandsUnder } from './commands.js'
export { explain, explainGroup, helpLanguage, overview } from './help.js'
export { readLine, unspoken } from './read-line.js'
export { workOf } from './work.js'
