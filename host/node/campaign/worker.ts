/** What runs in each process of the pool: one run at a time, of whatever campaign. */
import { performRun } from '../../campaign/perform.js'

export default performRun
