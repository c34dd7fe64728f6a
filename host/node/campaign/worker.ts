/** What runs in each process of the pool of `make dictionary` and `make judge`: one run at a time. */
import { answerJobs } from './answer-jobs.js'
import { performBundled } from './perform-bundled.js'

answerJobs(performBundled)
