-- For wrk: asks for the addresses in the file that PATHS names, one after the other,
-- and prints what it measured as one line of JSON. Times are milliseconds.
local paths, at = {}, 0

if os.getenv("PATHS") then
  for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
  request = function()
    at = at % #paths + 1
    return wrk.format("GET", paths[at])
  end
end

done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'JSON {"requests":%d,"rate":%.2f,"p50":%.3f,"p95":%.3f,"p99":%.3f,"bytes":%.0f,"errors":%d}\n',
    summary.requests, summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    summary.bytes / math.max(1, summary.requests),
    errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
