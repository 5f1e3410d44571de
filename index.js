// The package's entry for use outside n8n; n8n itself loads the nodes that package.json lists.
const { normalizeCrawlJob, providers } = require('./dist/outside.js');

module.exports = { normalizeCrawlJob, providers };
