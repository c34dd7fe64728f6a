/** `make schema`: writes the JSON Schemas in schema/ anew. */
import { renewSchemas } from './schemas.js'

renewSchemas()
