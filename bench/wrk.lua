-- For wrk: asks for the addresses in the file that PATHS names, one after the other, or
-- sends the form in BODY, each with a number of its own, and prints what it measured as
-- one line of JSON. Times are milliseconds.
local paths, at, body = {}, 0, os.getenv("BODY") or ""
local number = os.time() % 100000 * 100000

if body ~= "" then
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  request = function()
    number = number + 1
    return wrk.format("POST", nil, nil, (body:gsub("%%d", string.format("%.0f", number))))
  end
elseif (os.getenv("PATHS") or "") ~= "" then
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
