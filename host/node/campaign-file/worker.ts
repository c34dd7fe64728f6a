/** What runs in each process of a campaign's pool. What it needs is imported late: nothing of it is then part of what every command loads. */
import { answerJobs } from '../campaign/answer-jobs.js'
import type { RunJob } from './perform.js'

answerJobs(async (job: RunJob) => (await import('./perform.js')).performJob(job))
