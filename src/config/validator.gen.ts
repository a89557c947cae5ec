// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.
// @ts-nocheck

export const validate = validate20;
export default validate20;
const schema31 = {"type":"object","additionalProperties":false,"required":["version"],"properties":{"version":{"const":1},"include":{"type":"array","items":{"type":"string","minLength":1},"minItems":1},"timezone":{"$ref":"#/$defs/timezone"},"state":{"$ref":"#/$defs/state"},"forget":{"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"$ref":"#/$defs/secret"}}},"allowPaths":{"type":"array","items":{"type":"string","minLength":1},"uniqueItems":true},"sql":{"$ref":"#/$defs/sql"},"approvals":{"$ref":"#/$defs/approvals"},"roles":{"$ref":"#/$defs/roles"},"policies":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/policy"}},"connections":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/connection"}},"sources":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/source"}},"segments":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/segment"}},"suppressions":{"type":"array","items":{"type":"string"},"uniqueItems":true},"schedule":{"$ref":"#/$defs/schedule"},"exports":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/export"}},"moved":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"from":{"type":"string","minLength":1},"to":{"type":"string","minLength":1},"export":{"type":"string","minLength":1},"fromList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"toList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"oldMembers":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}},"oneOf":[{"required":["from"]},{"required":["export"]}],"dependentRequired":{"from":["to"],"to":["from"],"export":["fromList","toList","oldMembers"],"fromList":["export"],"toList":["export"],"oldMembers":["export"],"maxRemovals":["export"]}}},"removed":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["export","members"],"properties":{"export":{"type":"string","minLength":1},"members":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}}}},"notifiers":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/notifier"}},"environments":{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/environment"}}},"$defs":{"name":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_-]{0,62}$"},"segmentName":{"type":"string"},"timezone":{"type":"string"},"displayName":{"type":"string","minLength":1},"usableBy":{"enum":["admins","contributors"]},"connectionSuppressions":{"type":"array","items":{"type":"string"},"uniqueItems":true},"state":{"type":"object","properties":{"type":{"enum":["local","azureBlob","s3","postgres"]}},"allOf":[{"if":{"type":"object","properties":{"type":{"const":"local"}}},"then":{"$ref":"#/$defs/localState"}},{"if":{"type":"object","properties":{"type":{"const":"azureBlob"}},"required":["type"]},"then":{"$ref":"#/$defs/azureBlobState"}},{"if":{"type":"object","properties":{"type":{"const":"s3"}},"required":["type"]},"then":{"$ref":"#/$defs/s3State"}},{"if":{"type":"object","properties":{"type":{"const":"postgres"}},"required":["type"]},"then":{"$ref":"#/$defs/postgresState"}}]},"localState":{"type":"object","additionalProperties":false,"properties":{"type":{"const":"local"},"path":{"type":"string","minLength":1},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}}},"azureBlobState":{"type":"object","additionalProperties":false,"required":["type","container"],"properties":{"type":{"const":"azureBlob"},"account":{"type":"string","minLength":1},"container":{"type":"string","pattern":"^[a-z0-9](-?[a-z0-9]){2,62}$"},"prefix":{"$ref":"#/$defs/statePrefix"},"connectionString":{"$ref":"#/$defs/secret"},"accountKey":{"$ref":"#/$defs/secret"},"sasToken":{"$ref":"#/$defs/secret"},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}}},"s3State":{"type":"object","additionalProperties":false,"required":["type","bucket"],"properties":{"type":{"const":"s3"},"bucket":{"type":"string","pattern":"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"},"prefix":{"$ref":"#/$defs/statePrefix"},"region":{"type":"string","pattern":"^[a-z0-9-]+$"},"endpoint":{"type":"string","minLength":1},"forcePathStyle":{"type":"boolean"},"accessKeyId":{"$ref":"#/$defs/secret"},"secretAccessKey":{"$ref":"#/$defs/secret"},"sessionToken":{"$ref":"#/$defs/secret"},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}},"dependentRequired":{"accessKeyId":["secretAccessKey"],"secretAccessKey":["accessKeyId"],"sessionToken":["accessKeyId"]}},"postgresState":{"type":"object","additionalProperties":false,"required":["type","url"],"properties":{"type":{"const":"postgres"},"url":{"$ref":"#/$defs/secret"},"schema":{"type":"string","pattern":"^[a-z_][a-z0-9_]{0,62}$"},"name":{"$ref":"#/$defs/name"},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}}},"statePrefix":{"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$"},"stateEncryption":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","enum":["none"]}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/stateKeys"}}]},"stateKeys":{"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"$ref":"#/$defs/secret"},"previousKeys":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"env":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"file":{"type":"string","minLength":1},"command":{"type":"array","items":{"type":"string","minLength":1},"minItems":1}},"oneOf":[{"required":["env"]},{"required":["file"]},{"required":["command"]}]}}}},"stateRetention":{"type":"object","additionalProperties":false,"properties":{"unreferenced":{"$ref":"#/$defs/duration"},"history":{"$ref":"#/$defs/duration"}}},"lockTtl":{"$ref":"#/$defs/duration"},"secret":{"type":"object","additionalProperties":false,"properties":{"env":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"file":{"type":"string","minLength":1},"command":{"type":"array","items":{"type":"string","minLength":1},"minItems":1}},"oneOf":[{"required":["env"]},{"required":["file"]},{"required":["command"]}]},"identity":{"type":"string","pattern":"^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"},"roles":{"type":"object","additionalProperties":false,"properties":{"admins":{"type":"array","items":{"type":"string","pattern":"^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"},"uniqueItems":true},"contributors":{"type":"array","items":{"type":"string","pattern":"^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"},"uniqueItems":true}}},"policy":{"type":"object","additionalProperties":false,"required":["level","deny","message"],"properties":{"description":{"type":"string","minLength":1},"level":{"enum":["advisory","mandatory"]},"deny":{"type":"string","minLength":1,"maxLength":4000},"message":{"type":"string","minLength":1},"approvals":{"type":"object","additionalProperties":false,"required":["from"],"properties":{"from":{"$ref":"#/$defs/name"},"count":{"type":"integer","minimum":1}}}}},"dataPrivacy":{"type":"object","additionalProperties":false,"required":["agreed","by","on"],"properties":{"agreed":{"type":"boolean"},"by":{"type":"string","minLength":1},"on":{"type":"string"},"text":{"type":"string","minLength":1}}},"contract":{"type":"object","additionalProperties":false,"required":["contacts"],"properties":{"contacts":{"type":"integer","minimum":1}}},"baseUrl":{"type":"string"},"optOuts":{"type":"object","additionalProperties":false,"properties":{"maxAge":{"$ref":"#/$defs/duration"}}},"requestTimeout":{"$ref":"#/$defs/duration"},"jobTimeout":{"$ref":"#/$defs/duration"},"duration":{"type":"string","pattern":"^[1-9][0-9]{0,5}[smhd]$"},"sql":{"type":"object","additionalProperties":false,"properties":{"timeout":{"$ref":"#/$defs/duration"},"totalTimeout":{"$ref":"#/$defs/duration"},"memory":{"$ref":"#/$defs/size"},"disk":{"$ref":"#/$defs/size"}}},"approvals":{"type":"object","additionalProperties":false,"properties":{"allowedSigners":{"type":"string","minLength":1},"groups":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}}},"identities":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string","minLength":1}}},"maxAge":{"$ref":"#/$defs/duration"},"maxPlanAge":{"$ref":"#/$defs/duration"},"tolerance":{"$ref":"#/$defs/limit"}}},"size":{"type":"string","pattern":"^[1-9][0-9]{0,5}(MB|GB)$"},"connection":{"type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/brevoConnection"},{"$ref":"#/$defs/sendgridConnection"},{"$ref":"#/$defs/fileConnection"}]},"brevoConnection":{"type":"object","additionalProperties":false,"required":["type","apiKey"],"properties":{"type":{"enum":["brevo","sendinblue"]},"displayName":{"$ref":"#/$defs/displayName"},"dataPrivacy":{"$ref":"#/$defs/dataPrivacy"},"usableBy":{"$ref":"#/$defs/usableBy"},"suppressions":{"$ref":"#/$defs/connectionSuppressions"},"apiKey":{"$ref":"#/$defs/secret"},"contract":{"$ref":"#/$defs/contract"},"baseUrl":{"$ref":"#/$defs/baseUrl"},"optOuts":{"$ref":"#/$defs/optOuts"},"requestTimeout":{"$ref":"#/$defs/requestTimeout"},"jobTimeout":{"$ref":"#/$defs/jobTimeout"},"rateLimits":{"enum":["general","advanced","extended","none"]},"importFormat":{"enum":["json","csv"]},"clears":{"enum":["request","import"]}}},"sendgridConnection":{"type":"object","additionalProperties":false,"required":["type","apiKey"],"properties":{"type":{"const":"sendgrid"},"displayName":{"$ref":"#/$defs/displayName"},"dataPrivacy":{"$ref":"#/$defs/dataPrivacy"},"usableBy":{"$ref":"#/$defs/usableBy"},"suppressions":{"$ref":"#/$defs/connectionSuppressions"},"apiKey":{"$ref":"#/$defs/secret"},"contract":{"$ref":"#/$defs/contract"},"baseUrl":{"$ref":"#/$defs/baseUrl"},"optOuts":{"$ref":"#/$defs/optOuts"},"requestTimeout":{"$ref":"#/$defs/requestTimeout"},"jobTimeout":{"$ref":"#/$defs/jobTimeout"},"rateLimits":{"enum":["standard","none"]},"unsubscribeGroups":{"type":"array","items":{"type":"integer","minimum":1},"uniqueItems":true},"subuser":{"type":"string","pattern":"^[!-~]{1,64}$"},"accountId":{"type":"integer","minimum":1}}},"fileConnection":{"type":"object","additionalProperties":false,"required":["type","path"],"properties":{"type":{"const":"file"},"displayName":{"$ref":"#/$defs/displayName"},"dataPrivacy":{"$ref":"#/$defs/dataPrivacy"},"usableBy":{"$ref":"#/$defs/usableBy"},"suppressions":{"$ref":"#/$defs/connectionSuppressions"},"path":{"type":"string","minLength":1}}},"source":{"type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/filesSource"},{"$ref":"#/$defs/duckdbSource"}]},"paths":{"type":["string","array"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"array"},"then":{"type":"array","items":{"type":"string","minLength":1},"minItems":1}}]},"filesSource":{"type":"object","additionalProperties":false,"required":["type","path"],"properties":{"type":{"const":"files"},"path":{"$ref":"#/$defs/paths"},"format":{"enum":["csv","tsv","jsonl","json","parquet"]},"delimiter":{"type":"string","minLength":1,"maxLength":1},"columnsMayDiffer":{"type":"boolean"},"header":{"type":"boolean"},"columnNames":{"type":"array","items":{"type":"string","minLength":1},"minItems":1},"nullValues":{"type":"array","items":{"type":"string","minLength":1},"uniqueItems":true},"encoding":{"enum":["UTF-8","UTF-16","windows-1252","latin1"]},"finalNewline":{"enum":["required","optional"]},"columns":{"$ref":"#/$defs/columns"},"minimumRows":{"$ref":"#/$defs/minimumRows"},"maxAge":{"$ref":"#/$defs/maxAge"}}},"duckdbSource":{"type":"object","additionalProperties":false,"required":["type","path"],"properties":{"type":{"const":"duckdb"},"path":{"type":"string","minLength":1},"table":{"type":"string","minLength":1},"sql":{"type":"string","minLength":1},"columns":{"$ref":"#/$defs/columns"},"minimumRows":{"$ref":"#/$defs/minimumRows"},"maxAge":{"$ref":"#/$defs/maxAge"}},"oneOf":[{"required":["table"]},{"required":["sql"]}]},"columns":{"type":"object","additionalProperties":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"#/$defs/columnType"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/declaredColumn"}}]}},"columnType":{"type":"string","enum":["text","number","date","timestamp","boolean"]},"declaredColumn":{"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"$ref":"#/$defs/columnType"},"format":{"$ref":"#/$defs/dateFormat"},"decimal":{"$ref":"#/$defs/decimalMark"}}},"dateFormat":{"type":"string","pattern":"^(?:%d[./ -]%m[./ -]%Y|%m[./ -]%d[./ -]%Y|%Y[./-]?%m[./-]?%d)(?: %H:%M(?::%S)?)?$"},"decimalMark":{"enum":[",","."]},"minimumRows":{"type":"integer","minimum":0},"maxAge":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"#/$defs/duration"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/measuredAge"}}]},"measuredAge":{"type":"object","additionalProperties":false,"required":["maxAge","column"],"properties":{"maxAge":{"$ref":"#/$defs/duration"},"column":{"type":"string","minLength":1}}},"segment":{"type":"object","additionalProperties":false,"properties":{"source":{"type":"string","minLength":1},"where":{"type":"string","minLength":1},"sql":{"type":"string","minLength":1},"sqlFile":{"type":"string","minLength":1},"addresses":{"type":"string","minLength":1},"column":{"type":"string","minLength":1},"encoding":{"enum":["UTF-8","UTF-16","windows-1252","latin1"]},"finalNewline":{"enum":["required","optional"]},"orderBy":{"type":"string","minLength":1},"exclude":{"type":"array","items":{"type":"string"},"uniqueItems":true},"email":{"type":"string","minLength":1},"allowEmpty":{"type":"boolean"}},"oneOf":[{"required":["source"]},{"required":["sql"]},{"required":["sqlFile"]},{"required":["addresses"]}],"dependentRequired":{"where":["source"],"column":["addresses"],"encoding":["addresses"],"finalNewline":["addresses"]}},"listTarget":{"type":["integer","string","object"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/list"}}]},"readBack":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","const":"all"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/readBackSample"}}]},"protect":{"type":"boolean"},"exportSchedule":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","pattern":"^(manual|off)$"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/schedule"}}]},"whenStale":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","enum":["skip","wait"]}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/staleWait"}}]},"consentValues":{"type":"object","additionalProperties":false,"required":["column","is"],"properties":{"column":{"type":"string","minLength":1},"is":{"type":"array","minItems":1,"uniqueItems":true,"items":{"type":["string","number","boolean"],"minLength":1}}}},"export":{"type":"object","additionalProperties":false,"required":["connection","list","segments","match"],"properties":{"displayName":{"$ref":"#/$defs/displayName"},"connection":{"type":["string","null"]},"whenDisconnected":{"enum":["error","detach"]},"list":{"$ref":"#/$defs/listTarget"},"segments":{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true},"match":{"type":"object","additionalProperties":false,"required":["email"],"properties":{"email":{"type":"string","minLength":1},"id":{"type":"string","minLength":1}}},"consent":{"oneOf":[{"type":"string","minLength":1},{"$ref":"#/$defs/consentValues"}]},"mode":{"enum":["add-only","upsert","mirror"]},"attributes":{"type":"object","propertyNames":{"type":"string","pattern":"^\\S(.{0,98}\\S)?$"},"additionalProperties":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/attribute"}}]}},"createMissing":{"type":"boolean"},"nulls":{"$ref":"#/$defs/nulls"},"readBack":{"$ref":"#/$defs/readBack"},"schedule":{"$ref":"#/$defs/exportSchedule"},"whenStale":{"$ref":"#/$defs/whenStale"},"drift":{"$ref":"#/$defs/drift"},"strangers":{"enum":["report","adopt","remove"]},"safeguards":{"$ref":"#/$defs/safeguards"},"protect":{"$ref":"#/$defs/protect"}}},"list":{"type":"object","additionalProperties":false,"properties":{"id":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"name":{"type":"string","minLength":1},"create":{"type":"boolean"},"folder":{"type":"string","minLength":1}},"oneOf":[{"required":["id"]},{"required":["name"]}],"dependentRequired":{"create":["name"],"folder":["name"]}},"nulls":{"enum":["leave","clear"]},"attribute":{"type":"object","additionalProperties":false,"properties":{"column":{"type":"string","minLength":1},"sql":{"type":"string","minLength":1},"constant":{"type":["string","number","boolean"]},"type":{"enum":["text","number","date","boolean","choice","phone"]},"nulls":{"$ref":"#/$defs/nulls"},"createMissing":{"type":"boolean"},"choices":{"type":"array","items":{"type":"string","minLength":1},"minItems":1,"uniqueItems":true},"format":{"$ref":"#/$defs/dateFormat"},"decimal":{"$ref":"#/$defs/decimalMark"},"countryColumn":{"type":"string","minLength":1},"defaultCountry":{"type":"string","pattern":"^[A-Z]{2}$"},"as":{"enum":["text","sms"]}},"oneOf":[{"required":["column"]},{"required":["sql"]},{"required":["constant"]}]},"readBackSample":{"type":"object","additionalProperties":false,"required":["sample"],"properties":{"sample":{"type":"integer","minimum":1}}},"schedule":{"type":"object","additionalProperties":false,"required":["cron"],"properties":{"cron":{"type":["string","array"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"#/$defs/cron"}},{"if":{"type":"array"},"then":{"type":"array","items":{"type":"string","minLength":1},"minItems":1,"maxItems":100}}]},"timezone":{"$ref":"#/$defs/timezone"}}},"cron":{"type":"string","minLength":1},"staleWait":{"type":"object","additionalProperties":false,"required":["wait"],"properties":{"wait":{"$ref":"#/$defs/duration"}}},"limit":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"count":{"type":"integer","minimum":0},"share":{"type":"string","pattern":"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"}}},"drift":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"removed":{"enum":["respect","restore"]},"values":{"enum":["restore","keep"]}}},"safeguards":{"type":"object","additionalProperties":false,"properties":{"maxProfiles":{"type":"integer","minimum":1},"maxRemovals":{"$ref":"#/$defs/limit"},"maxWithdrawals":{"$ref":"#/$defs/limit"},"maxAdds":{"$ref":"#/$defs/limit"},"maxRejected":{"$ref":"#/$defs/limit"},"maxStrangerRemovals":{"$ref":"#/$defs/limit"},"minSourceRows":{"type":"integer","minimum":0},"allowEmpty":{"type":"boolean"}}},"members":{"enum":["keep","remove"]},"removed":{"type":"object","additionalProperties":false,"required":["export","members"],"properties":{"export":{"type":"string","minLength":1},"members":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}}},"moved":{"type":"object","additionalProperties":false,"properties":{"from":{"type":"string","minLength":1},"to":{"type":"string","minLength":1},"export":{"type":"string","minLength":1},"fromList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"toList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"oldMembers":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}},"oneOf":[{"required":["from"]},{"required":["export"]}],"dependentRequired":{"from":["to"],"to":["from"],"export":["fromList","toList","oldMembers"],"fromList":["export"],"toList":["export"],"oldMembers":["export"],"maxRemovals":["export"]}},"noticeEvents":{"type":"array","items":{"type":"string","enum":["failure","refusal","drift","recovery"]},"minItems":1,"uniqueItems":true},"noticeExports":{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true},"notifier":{"type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/slackNotifier"},{"$ref":"#/$defs/webhookNotifier"},{"$ref":"#/$defs/smtpNotifier"}]},"slackNotifier":{"type":"object","additionalProperties":false,"required":["type","url"],"properties":{"type":{"const":"slack"},"on":{"$ref":"#/$defs/noticeEvents"},"exports":{"$ref":"#/$defs/noticeExports"},"url":{"$ref":"#/$defs/secret"}}},"webhookNotifier":{"type":"object","additionalProperties":false,"required":["type","url","signingSecret"],"properties":{"type":{"const":"webhook"},"on":{"$ref":"#/$defs/noticeEvents"},"exports":{"$ref":"#/$defs/noticeExports"},"url":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/secret"}}]},"signingSecret":{"$ref":"#/$defs/secret"}}},"smtpNotifier":{"type":"object","additionalProperties":false,"required":["type","host","from","to"],"dependentRequired":{"user":["password"],"password":["user"]},"properties":{"type":{"const":"smtp"},"on":{"$ref":"#/$defs/noticeEvents"},"exports":{"$ref":"#/$defs/noticeExports"},"host":{"type":"string","pattern":"^[A-Za-z0-9.:-]+$"},"port":{"type":"integer","minimum":1,"maximum":65535},"security":{"enum":["starttls","tls","none"]},"user":{"type":"string","minLength":1},"password":{"$ref":"#/$defs/secret"},"from":{"type":"string","pattern":"^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"},"to":{"type":"array","items":{"type":"string","pattern":"^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"},"minItems":1,"uniqueItems":true}}},"environment":{"type":"object","additionalProperties":false,"properties":{"state":{"type":"object","additionalProperties":true},"forget":{"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"$ref":"#/$defs/secret"}}},"sql":{"$ref":"#/$defs/sql"},"schedule":{"$ref":"#/$defs/schedule"},"connections":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/connectionOverlay"}},"sources":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/sourceOverlay"}},"exports":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/exportOverlay"}},"notifiers":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/notifierOverlay"}},"moved":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"from":{"type":"string","minLength":1},"to":{"type":"string","minLength":1},"export":{"type":"string","minLength":1},"fromList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"toList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"oldMembers":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}},"oneOf":[{"required":["from"]},{"required":["export"]}],"dependentRequired":{"from":["to"],"to":["from"],"export":["fromList","toList","oldMembers"],"fromList":["export"],"toList":["export"],"oldMembers":["export"],"maxRemovals":["export"]}}},"removed":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["export","members"],"properties":{"export":{"type":"string","minLength":1},"members":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}}}}}},"connectionOverlay":{"type":"object","additionalProperties":true},"notifierOverlay":{"type":"object","additionalProperties":true},"sourceOverlay":{"type":"object","additionalProperties":false,"properties":{"path":{"$ref":"#/$defs/paths"},"minimumRows":{"$ref":"#/$defs/minimumRows"},"maxAge":{"$ref":"#/$defs/maxAge"}}},"exportOverlay":{"type":"object","additionalProperties":false,"properties":{"enabled":{"type":"boolean"},"displayName":{"$ref":"#/$defs/displayName"},"list":{"$ref":"#/$defs/listTarget"},"readBack":{"$ref":"#/$defs/readBack"},"schedule":{"$ref":"#/$defs/exportSchedule"},"whenStale":{"$ref":"#/$defs/whenStale"},"drift":{"$ref":"#/$defs/drift"},"safeguards":{"$ref":"#/$defs/safeguards"},"protect":{"$ref":"#/$defs/protect"}}}}};
const schema32 = {"type":"string"};
const schema37 = {"type":"object","additionalProperties":false,"properties":{"env":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"file":{"type":"string","minLength":1},"command":{"type":"array","items":{"type":"string","minLength":1},"minItems":1}},"oneOf":[{"required":["env"]},{"required":["file"]},{"required":["command"]}]};
const schema69 = {"type":"object","additionalProperties":false,"properties":{"admins":{"type":"array","items":{"type":"string","pattern":"^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"},"uniqueItems":true},"contributors":{"type":"array","items":{"type":"string","pattern":"^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"},"uniqueItems":true}}};
const schema56 = {"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_-]{0,62}$"};
const schema120 = {"type":"object","additionalProperties":false,"properties":{"source":{"type":"string","minLength":1},"where":{"type":"string","minLength":1},"sql":{"type":"string","minLength":1},"sqlFile":{"type":"string","minLength":1},"addresses":{"type":"string","minLength":1},"column":{"type":"string","minLength":1},"encoding":{"enum":["UTF-8","UTF-16","windows-1252","latin1"]},"finalNewline":{"enum":["required","optional"]},"orderBy":{"type":"string","minLength":1},"exclude":{"type":"array","items":{"type":"string"},"uniqueItems":true},"email":{"type":"string","minLength":1},"allowEmpty":{"type":"boolean"}},"oneOf":[{"required":["source"]},{"required":["sql"]},{"required":["sqlFile"]},{"required":["addresses"]}],"dependentRequired":{"where":["source"],"column":["addresses"],"encoding":["addresses"],"finalNewline":["addresses"]}};
const schema149 = {"enum":["keep","remove"]};
const schema68 = {"type":"object","additionalProperties":false,"minProperties":1,"properties":{"count":{"type":"integer","minimum":0},"share":{"type":"string","pattern":"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"}}};
const func1 = Object.prototype.hasOwnProperty;
const schema33 = {"type":"object","properties":{"type":{"enum":["local","azureBlob","s3","postgres"]}},"allOf":[{"if":{"type":"object","properties":{"type":{"const":"local"}}},"then":{"$ref":"#/$defs/localState"}},{"if":{"type":"object","properties":{"type":{"const":"azureBlob"}},"required":["type"]},"then":{"$ref":"#/$defs/azureBlobState"}},{"if":{"type":"object","properties":{"type":{"const":"s3"}},"required":["type"]},"then":{"$ref":"#/$defs/s3State"}},{"if":{"type":"object","properties":{"type":{"const":"postgres"}},"required":["type"]},"then":{"$ref":"#/$defs/postgresState"}}]};
const schema34 = {"type":"object","additionalProperties":false,"properties":{"type":{"const":"local"},"path":{"type":"string","minLength":1},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}}};
const schema39 = {"type":"string","pattern":"^[1-9][0-9]{0,5}[smhd]$"};
const schema35 = {"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","enum":["none"]}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/stateKeys"}}]};
const schema36 = {"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"$ref":"#/$defs/secret"},"previousKeys":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"env":{"type":"string","pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"file":{"type":"string","minLength":1},"command":{"type":"array","items":{"type":"string","minLength":1},"minItems":1}},"oneOf":[{"required":["env"]},{"required":["file"]},{"required":["command"]}]}}}};
const pattern4 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.key === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "key") || (key0 === "previousKeys"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.key !== undefined){
let data0 = data.key;
const _errs5 = errors;
let valid2 = false;
let passing0 = null;
const _errs6 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.env === undefined){
const err2 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs6 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs7 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.file === undefined){
const err3 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs7 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
const _errs8 = errors;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.command === undefined){
const err4 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid0 = _errs8 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid2 = true;
passing0 = 2;
}
}
}
if(!valid2){
const err5 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(((key1 === "env") || (key1 === "file")) || (key1 === "command"))){
const err6 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data0.env !== undefined){
let data1 = data0.env;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err7 = {instancePath:instancePath+"/key/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/key/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data0.file !== undefined){
let data2 = data0.file;
if(typeof data2 === "string"){
if(data2.length < 1){
const err9 = {instancePath:instancePath+"/key/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/key/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data0.command !== undefined){
let data3 = data0.command;
if(Array.isArray(data3)){
if(data3.length < 1){
const err11 = {instancePath:instancePath+"/key/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(data4.length < 1){
const err12 = {instancePath:instancePath+"/key/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/key/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/key/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.previousKeys !== undefined){
let data5 = data.previousKeys;
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
const _errs22 = errors;
let valid8 = false;
let passing1 = null;
const _errs23 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.env === undefined){
const err16 = {instancePath:instancePath+"/previousKeys/" + i1,schemaPath:"#/properties/previousKeys/items/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
var _valid1 = _errs23 === errors;
if(_valid1){
valid8 = true;
passing1 = 0;
}
const _errs24 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.file === undefined){
const err17 = {instancePath:instancePath+"/previousKeys/" + i1,schemaPath:"#/properties/previousKeys/items/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
var _valid1 = _errs24 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid8 = true;
passing1 = 1;
}
const _errs25 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.command === undefined){
const err18 = {instancePath:instancePath+"/previousKeys/" + i1,schemaPath:"#/properties/previousKeys/items/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
var _valid1 = _errs25 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 2];
}
else {
if(_valid1){
valid8 = true;
passing1 = 2;
}
}
}
if(!valid8){
const err19 = {instancePath:instancePath+"/previousKeys/" + i1,schemaPath:"#/properties/previousKeys/items/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
else {
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
}
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key2 in data6){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err20 = {instancePath:instancePath+"/previousKeys/" + i1,schemaPath:"#/properties/previousKeys/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data6.env !== undefined){
let data7 = data6.env;
if(typeof data7 === "string"){
if(!pattern4.test(data7)){
const err21 = {instancePath:instancePath+"/previousKeys/" + i1+"/env",schemaPath:"#/properties/previousKeys/items/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/previousKeys/" + i1+"/env",schemaPath:"#/properties/previousKeys/items/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data6.file !== undefined){
let data8 = data6.file;
if(typeof data8 === "string"){
if(data8.length < 1){
const err23 = {instancePath:instancePath+"/previousKeys/" + i1+"/file",schemaPath:"#/properties/previousKeys/items/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/previousKeys/" + i1+"/file",schemaPath:"#/properties/previousKeys/items/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data6.command !== undefined){
let data9 = data6.command;
if(Array.isArray(data9)){
if(data9.length < 1){
const err25 = {instancePath:instancePath+"/previousKeys/" + i1+"/command",schemaPath:"#/properties/previousKeys/items/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
let data10 = data9[i2];
if(typeof data10 === "string"){
if(data10.length < 1){
const err26 = {instancePath:instancePath+"/previousKeys/" + i1+"/command/" + i2,schemaPath:"#/properties/previousKeys/items/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/previousKeys/" + i1+"/command/" + i2,schemaPath:"#/properties/previousKeys/items/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/previousKeys/" + i1+"/command",schemaPath:"#/properties/previousKeys/items/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/previousKeys/" + i1,schemaPath:"#/properties/previousKeys/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/previousKeys",schemaPath:"#/properties/previousKeys/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema35.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data !== "string"){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(data === "none")){
const err3 = {instancePath,schemaPath:"#/allOf/0/then/enum",keyword:"enum",params:{allowedValues: schema35.allOf[0].then.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(!(validate24(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate24.errors : appended(vErrors, validate24.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
if(valid2){
var props0 = true;
}
}
if(!valid2){
const err6 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate23.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate23.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema38 = {"type":"object","additionalProperties":false,"properties":{"unreferenced":{"$ref":"#/$defs/duration"},"history":{"$ref":"#/$defs/duration"}}};
const pattern6 = new RegExp("^[1-9][0-9]{0,5}[smhd]$", "u");

function validate27(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate27.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "unreferenced") || (key0 === "history"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.unreferenced !== undefined){
let data0 = data.unreferenced;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err1 = {instancePath:instancePath+"/unreferenced",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/unreferenced",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.history !== undefined){
let data1 = data.history;
if(typeof data1 === "string"){
if(!pattern6.test(data1)){
const err3 = {instancePath:instancePath+"/history",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/history",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
validate27.errors = vErrors;
return errors === 0;
}
validate27.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "path")) || (key0 === "encryption")) || (key0 === "retention")) || (key0 === "lockTtl"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.type !== undefined){
if("local" !== data.type){
const err1 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "local"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.path !== undefined){
let data1 = data.path;
if(typeof data1 === "string"){
if(data1.length < 1){
const err2 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.encryption !== undefined){
if(!(validate23(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : appended(vErrors, validate23.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined){
if(!(validate27(data.retention, {instancePath:instancePath+"/retention",parentData:data,parentDataProperty:"retention",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate27.errors : appended(vErrors, validate27.errors);
errors = vErrors.length;
}
}
if(data.lockTtl !== undefined){
let data4 = data.lockTtl;
if(typeof data4 === "string"){
if(!pattern6.test(data4)){
const err4 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema42 = {"type":"object","additionalProperties":false,"required":["type","container"],"properties":{"type":{"const":"azureBlob"},"account":{"type":"string","minLength":1},"container":{"type":"string","pattern":"^[a-z0-9](-?[a-z0-9]){2,62}$"},"prefix":{"$ref":"#/$defs/statePrefix"},"connectionString":{"$ref":"#/$defs/secret"},"accountKey":{"$ref":"#/$defs/secret"},"sasToken":{"$ref":"#/$defs/secret"},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}}};
const schema43 = {"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$"};
const pattern9 = new RegExp("^[a-z0-9](-?[a-z0-9]){2,62}$", "u");
const pattern10 = new RegExp("^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$", "u");

function validate30(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate30.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.container === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "container"},message:"must have required property '"+"container"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema42.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
if("azureBlob" !== data.type){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "azureBlob"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.account !== undefined){
let data1 = data.account;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/account",schemaPath:"#/properties/account/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/account",schemaPath:"#/properties/account/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.container !== undefined){
let data2 = data.container;
if(typeof data2 === "string"){
if(!pattern9.test(data2)){
const err6 = {instancePath:instancePath+"/container",schemaPath:"#/properties/container/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](-?[a-z0-9]){2,62}$"},message:"must match pattern \""+"^[a-z0-9](-?[a-z0-9]){2,62}$"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/container",schemaPath:"#/properties/container/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.prefix !== undefined){
let data3 = data.prefix;
if(typeof data3 === "string"){
if(!pattern10.test(data3)){
const err8 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/statePrefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/statePrefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.connectionString !== undefined){
let data4 = data.connectionString;
const _errs13 = errors;
let valid3 = false;
let passing0 = null;
const _errs14 = errors;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.env === undefined){
const err10 = {instancePath:instancePath+"/connectionString",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid0 = _errs14 === errors;
if(_valid0){
valid3 = true;
passing0 = 0;
}
const _errs15 = errors;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.file === undefined){
const err11 = {instancePath:instancePath+"/connectionString",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
var _valid0 = _errs15 === errors;
if(_valid0 && valid3){
valid3 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid3 = true;
passing0 = 1;
}
const _errs16 = errors;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.command === undefined){
const err12 = {instancePath:instancePath+"/connectionString",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
var _valid0 = _errs16 === errors;
if(_valid0 && valid3){
valid3 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid3 = true;
passing0 = 2;
}
}
}
if(!valid3){
const err13 = {instancePath:instancePath+"/connectionString",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
else {
errors = _errs13;
if(vErrors !== null){
if(_errs13){
vErrors.length = _errs13;
}
else {
vErrors = null;
}
}
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key1 in data4){
if(!(((key1 === "env") || (key1 === "file")) || (key1 === "command"))){
const err14 = {instancePath:instancePath+"/connectionString",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.env !== undefined){
let data5 = data4.env;
if(typeof data5 === "string"){
if(!pattern4.test(data5)){
const err15 = {instancePath:instancePath+"/connectionString/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/connectionString/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data4.file !== undefined){
let data6 = data4.file;
if(typeof data6 === "string"){
if(data6.length < 1){
const err17 = {instancePath:instancePath+"/connectionString/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/connectionString/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data4.command !== undefined){
let data7 = data4.command;
if(Array.isArray(data7)){
if(data7.length < 1){
const err19 = {instancePath:instancePath+"/connectionString/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
if(typeof data8 === "string"){
if(data8.length < 1){
const err20 = {instancePath:instancePath+"/connectionString/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/connectionString/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/connectionString/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/connectionString",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.accountKey !== undefined){
let data9 = data.accountKey;
const _errs29 = errors;
let valid8 = false;
let passing1 = null;
const _errs30 = errors;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.env === undefined){
const err24 = {instancePath:instancePath+"/accountKey",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
var _valid1 = _errs30 === errors;
if(_valid1){
valid8 = true;
passing1 = 0;
}
const _errs31 = errors;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.file === undefined){
const err25 = {instancePath:instancePath+"/accountKey",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
var _valid1 = _errs31 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid8 = true;
passing1 = 1;
}
const _errs32 = errors;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.command === undefined){
const err26 = {instancePath:instancePath+"/accountKey",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
var _valid1 = _errs32 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 2];
}
else {
if(_valid1){
valid8 = true;
passing1 = 2;
}
}
}
if(!valid8){
const err27 = {instancePath:instancePath+"/accountKey",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
else {
errors = _errs29;
if(vErrors !== null){
if(_errs29){
vErrors.length = _errs29;
}
else {
vErrors = null;
}
}
}
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 in data9){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err28 = {instancePath:instancePath+"/accountKey",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data9.env !== undefined){
let data10 = data9.env;
if(typeof data10 === "string"){
if(!pattern4.test(data10)){
const err29 = {instancePath:instancePath+"/accountKey/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/accountKey/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data9.file !== undefined){
let data11 = data9.file;
if(typeof data11 === "string"){
if(data11.length < 1){
const err31 = {instancePath:instancePath+"/accountKey/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/accountKey/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data9.command !== undefined){
let data12 = data9.command;
if(Array.isArray(data12)){
if(data12.length < 1){
const err33 = {instancePath:instancePath+"/accountKey/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
let data13 = data12[i1];
if(typeof data13 === "string"){
if(data13.length < 1){
const err34 = {instancePath:instancePath+"/accountKey/command/" + i1,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/accountKey/command/" + i1,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/accountKey/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/accountKey",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.sasToken !== undefined){
let data14 = data.sasToken;
const _errs45 = errors;
let valid13 = false;
let passing2 = null;
const _errs46 = errors;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.env === undefined){
const err38 = {instancePath:instancePath+"/sasToken",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
var _valid2 = _errs46 === errors;
if(_valid2){
valid13 = true;
passing2 = 0;
}
const _errs47 = errors;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.file === undefined){
const err39 = {instancePath:instancePath+"/sasToken",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
var _valid2 = _errs47 === errors;
if(_valid2 && valid13){
valid13 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid13 = true;
passing2 = 1;
}
const _errs48 = errors;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
if(data14.command === undefined){
const err40 = {instancePath:instancePath+"/sasToken",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
var _valid2 = _errs48 === errors;
if(_valid2 && valid13){
valid13 = false;
passing2 = [passing2, 2];
}
else {
if(_valid2){
valid13 = true;
passing2 = 2;
}
}
}
if(!valid13){
const err41 = {instancePath:instancePath+"/sasToken",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
else {
errors = _errs45;
if(vErrors !== null){
if(_errs45){
vErrors.length = _errs45;
}
else {
vErrors = null;
}
}
}
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key3 in data14){
if(!(((key3 === "env") || (key3 === "file")) || (key3 === "command"))){
const err42 = {instancePath:instancePath+"/sasToken",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data14.env !== undefined){
let data15 = data14.env;
if(typeof data15 === "string"){
if(!pattern4.test(data15)){
const err43 = {instancePath:instancePath+"/sasToken/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/sasToken/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data14.file !== undefined){
let data16 = data14.file;
if(typeof data16 === "string"){
if(data16.length < 1){
const err45 = {instancePath:instancePath+"/sasToken/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/sasToken/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data14.command !== undefined){
let data17 = data14.command;
if(Array.isArray(data17)){
if(data17.length < 1){
const err47 = {instancePath:instancePath+"/sasToken/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
const len2 = data17.length;
for(let i2=0; i2<len2; i2++){
let data18 = data17[i2];
if(typeof data18 === "string"){
if(data18.length < 1){
const err48 = {instancePath:instancePath+"/sasToken/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
else {
const err49 = {instancePath:instancePath+"/sasToken/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
else {
const err50 = {instancePath:instancePath+"/sasToken/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/sasToken",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.encryption !== undefined){
if(!(validate23(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : appended(vErrors, validate23.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined){
if(!(validate27(data.retention, {instancePath:instancePath+"/retention",parentData:data,parentDataProperty:"retention",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate27.errors : appended(vErrors, validate27.errors);
errors = vErrors.length;
}
}
if(data.lockTtl !== undefined){
let data21 = data.lockTtl;
if(typeof data21 === "string"){
if(!pattern6.test(data21)){
const err52 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
else {
const err54 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
validate30.errors = vErrors;
return errors === 0;
}
validate30.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema48 = {"type":"object","additionalProperties":false,"required":["type","bucket"],"properties":{"type":{"const":"s3"},"bucket":{"type":"string","pattern":"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"},"prefix":{"$ref":"#/$defs/statePrefix"},"region":{"type":"string","pattern":"^[a-z0-9-]+$"},"endpoint":{"type":"string","minLength":1},"forcePathStyle":{"type":"boolean"},"accessKeyId":{"$ref":"#/$defs/secret"},"secretAccessKey":{"$ref":"#/$defs/secret"},"sessionToken":{"$ref":"#/$defs/secret"},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}},"dependentRequired":{"accessKeyId":["secretAccessKey"],"secretAccessKey":["accessKeyId"],"sessionToken":["accessKeyId"]}};
const pattern15 = new RegExp("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", "u");
const pattern17 = new RegExp("^[a-z0-9-]+$", "u");

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.bucket === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "bucket"},message:"must have required property '"+"bucket"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema48.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
if("s3" !== data.type){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "s3"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.bucket !== undefined){
let data1 = data.bucket;
if(typeof data1 === "string"){
if(!pattern15.test(data1)){
const err4 = {instancePath:instancePath+"/bucket",schemaPath:"#/properties/bucket/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"},message:"must match pattern \""+"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/bucket",schemaPath:"#/properties/bucket/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.prefix !== undefined){
let data2 = data.prefix;
if(typeof data2 === "string"){
if(!pattern10.test(data2)){
const err6 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/statePrefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$"},message:"must match pattern \""+"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$"+"\""};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/statePrefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.region !== undefined){
let data3 = data.region;
if(typeof data3 === "string"){
if(!pattern17.test(data3)){
const err8 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]+$"},message:"must match pattern \""+"^[a-z0-9-]+$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/region",schemaPath:"#/properties/region/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.endpoint !== undefined){
let data4 = data.endpoint;
if(typeof data4 === "string"){
if(data4.length < 1){
const err10 = {instancePath:instancePath+"/endpoint",schemaPath:"#/properties/endpoint/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/endpoint",schemaPath:"#/properties/endpoint/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.forcePathStyle !== undefined){
if(typeof data.forcePathStyle !== "boolean"){
const err12 = {instancePath:instancePath+"/forcePathStyle",schemaPath:"#/properties/forcePathStyle/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.accessKeyId !== undefined){
let data6 = data.accessKeyId;
const _errs17 = errors;
let valid3 = false;
let passing0 = null;
const _errs18 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.env === undefined){
const err13 = {instancePath:instancePath+"/accessKeyId",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
var _valid0 = _errs18 === errors;
if(_valid0){
valid3 = true;
passing0 = 0;
}
const _errs19 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.file === undefined){
const err14 = {instancePath:instancePath+"/accessKeyId",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var _valid0 = _errs19 === errors;
if(_valid0 && valid3){
valid3 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid3 = true;
passing0 = 1;
}
const _errs20 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.command === undefined){
const err15 = {instancePath:instancePath+"/accessKeyId",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
var _valid0 = _errs20 === errors;
if(_valid0 && valid3){
valid3 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid3 = true;
passing0 = 2;
}
}
}
if(!valid3){
const err16 = {instancePath:instancePath+"/accessKeyId",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
errors = _errs17;
if(vErrors !== null){
if(_errs17){
vErrors.length = _errs17;
}
else {
vErrors = null;
}
}
}
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key1 in data6){
if(!(((key1 === "env") || (key1 === "file")) || (key1 === "command"))){
const err17 = {instancePath:instancePath+"/accessKeyId",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data6.env !== undefined){
let data7 = data6.env;
if(typeof data7 === "string"){
if(!pattern4.test(data7)){
const err18 = {instancePath:instancePath+"/accessKeyId/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/accessKeyId/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data6.file !== undefined){
let data8 = data6.file;
if(typeof data8 === "string"){
if(data8.length < 1){
const err20 = {instancePath:instancePath+"/accessKeyId/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/accessKeyId/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data6.command !== undefined){
let data9 = data6.command;
if(Array.isArray(data9)){
if(data9.length < 1){
const err22 = {instancePath:instancePath+"/accessKeyId/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(typeof data10 === "string"){
if(data10.length < 1){
const err23 = {instancePath:instancePath+"/accessKeyId/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/accessKeyId/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/accessKeyId/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/accessKeyId",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data.secretAccessKey !== undefined){
let data11 = data.secretAccessKey;
const _errs33 = errors;
let valid8 = false;
let passing1 = null;
const _errs34 = errors;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.env === undefined){
const err27 = {instancePath:instancePath+"/secretAccessKey",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
var _valid1 = _errs34 === errors;
if(_valid1){
valid8 = true;
passing1 = 0;
}
const _errs35 = errors;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.file === undefined){
const err28 = {instancePath:instancePath+"/secretAccessKey",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
var _valid1 = _errs35 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid8 = true;
passing1 = 1;
}
const _errs36 = errors;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
if(data11.command === undefined){
const err29 = {instancePath:instancePath+"/secretAccessKey",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
var _valid1 = _errs36 === errors;
if(_valid1 && valid8){
valid8 = false;
passing1 = [passing1, 2];
}
else {
if(_valid1){
valid8 = true;
passing1 = 2;
}
}
}
if(!valid8){
const err30 = {instancePath:instancePath+"/secretAccessKey",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
else {
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
}
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key2 in data11){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err31 = {instancePath:instancePath+"/secretAccessKey",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data11.env !== undefined){
let data12 = data11.env;
if(typeof data12 === "string"){
if(!pattern4.test(data12)){
const err32 = {instancePath:instancePath+"/secretAccessKey/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/secretAccessKey/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data11.file !== undefined){
let data13 = data11.file;
if(typeof data13 === "string"){
if(data13.length < 1){
const err34 = {instancePath:instancePath+"/secretAccessKey/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/secretAccessKey/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data11.command !== undefined){
let data14 = data11.command;
if(Array.isArray(data14)){
if(data14.length < 1){
const err36 = {instancePath:instancePath+"/secretAccessKey/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
const len1 = data14.length;
for(let i1=0; i1<len1; i1++){
let data15 = data14[i1];
if(typeof data15 === "string"){
if(data15.length < 1){
const err37 = {instancePath:instancePath+"/secretAccessKey/command/" + i1,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/secretAccessKey/command/" + i1,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath:instancePath+"/secretAccessKey/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/secretAccessKey",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.sessionToken !== undefined){
let data16 = data.sessionToken;
const _errs49 = errors;
let valid13 = false;
let passing2 = null;
const _errs50 = errors;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.env === undefined){
const err41 = {instancePath:instancePath+"/sessionToken",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
var _valid2 = _errs50 === errors;
if(_valid2){
valid13 = true;
passing2 = 0;
}
const _errs51 = errors;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.file === undefined){
const err42 = {instancePath:instancePath+"/sessionToken",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
var _valid2 = _errs51 === errors;
if(_valid2 && valid13){
valid13 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid13 = true;
passing2 = 1;
}
const _errs52 = errors;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.command === undefined){
const err43 = {instancePath:instancePath+"/sessionToken",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
var _valid2 = _errs52 === errors;
if(_valid2 && valid13){
valid13 = false;
passing2 = [passing2, 2];
}
else {
if(_valid2){
valid13 = true;
passing2 = 2;
}
}
}
if(!valid13){
const err44 = {instancePath:instancePath+"/sessionToken",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
else {
errors = _errs49;
if(vErrors !== null){
if(_errs49){
vErrors.length = _errs49;
}
else {
vErrors = null;
}
}
}
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key3 in data16){
if(!(((key3 === "env") || (key3 === "file")) || (key3 === "command"))){
const err45 = {instancePath:instancePath+"/sessionToken",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data16.env !== undefined){
let data17 = data16.env;
if(typeof data17 === "string"){
if(!pattern4.test(data17)){
const err46 = {instancePath:instancePath+"/sessionToken/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/sessionToken/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data16.file !== undefined){
let data18 = data16.file;
if(typeof data18 === "string"){
if(data18.length < 1){
const err48 = {instancePath:instancePath+"/sessionToken/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
else {
const err49 = {instancePath:instancePath+"/sessionToken/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data16.command !== undefined){
let data19 = data16.command;
if(Array.isArray(data19)){
if(data19.length < 1){
const err50 = {instancePath:instancePath+"/sessionToken/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
const len2 = data19.length;
for(let i2=0; i2<len2; i2++){
let data20 = data19[i2];
if(typeof data20 === "string"){
if(data20.length < 1){
const err51 = {instancePath:instancePath+"/sessionToken/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/sessionToken/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/sessionToken/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
else {
const err54 = {instancePath:instancePath+"/sessionToken",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.encryption !== undefined){
if(!(validate23(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : appended(vErrors, validate23.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined){
if(!(validate27(data.retention, {instancePath:instancePath+"/retention",parentData:data,parentDataProperty:"retention",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate27.errors : appended(vErrors, validate27.errors);
errors = vErrors.length;
}
}
if(data.lockTtl !== undefined){
let data23 = data.lockTtl;
if(typeof data23 === "string"){
if(!pattern6.test(data23)){
const err55 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data.accessKeyId !== undefined){
if(data.secretAccessKey === undefined){
const err57 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "accessKeyId",
    missingProperty: "secretAccessKey",
    depsCount: 1,
    deps: "secretAccessKey"},message:"must have property secretAccessKey when property accessKeyId is present"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.secretAccessKey !== undefined){
if(data.accessKeyId === undefined){
const err58 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "secretAccessKey",
    missingProperty: "accessKeyId",
    depsCount: 1,
    deps: "accessKeyId"},message:"must have property accessKeyId when property secretAccessKey is present"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data.sessionToken !== undefined){
if(data.accessKeyId === undefined){
const err59 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "sessionToken",
    missingProperty: "accessKeyId",
    depsCount: 1,
    deps: "accessKeyId"},message:"must have property accessKeyId when property sessionToken is present"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema54 = {"type":"object","additionalProperties":false,"required":["type","url"],"properties":{"type":{"const":"postgres"},"url":{"$ref":"#/$defs/secret"},"schema":{"type":"string","pattern":"^[a-z_][a-z0-9_]{0,62}$"},"name":{"$ref":"#/$defs/name"},"encryption":{"$ref":"#/$defs/stateEncryption"},"retention":{"$ref":"#/$defs/stateRetention"},"lockTtl":{"$ref":"#/$defs/lockTtl"}}};
const pattern23 = new RegExp("^[a-z_][a-z0-9_]{0,62}$", "u");
const pattern24 = new RegExp("^[A-Za-z][A-Za-z0-9_-]{0,62}$", "u");

function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate38.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "type") || (key0 === "url")) || (key0 === "schema")) || (key0 === "name")) || (key0 === "encryption")) || (key0 === "retention")) || (key0 === "lockTtl"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
if("postgres" !== data.type){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "postgres"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.url !== undefined){
let data1 = data.url;
const _errs6 = errors;
let valid2 = false;
let passing0 = null;
const _errs7 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.env === undefined){
const err4 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid0 = _errs7 === errors;
if(_valid0){
valid2 = true;
passing0 = 0;
}
const _errs8 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.file === undefined){
const err5 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid0 = _errs8 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid2 = true;
passing0 = 1;
}
const _errs9 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.command === undefined){
const err6 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var _valid0 = _errs9 === errors;
if(_valid0 && valid2){
valid2 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid2 = true;
passing0 = 2;
}
}
}
if(!valid2){
const err7 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(((key1 === "env") || (key1 === "file")) || (key1 === "command"))){
const err8 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data1.env !== undefined){
let data2 = data1.env;
if(typeof data2 === "string"){
if(!pattern4.test(data2)){
const err9 = {instancePath:instancePath+"/url/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/url/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data1.file !== undefined){
let data3 = data1.file;
if(typeof data3 === "string"){
if(data3.length < 1){
const err11 = {instancePath:instancePath+"/url/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/url/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data1.command !== undefined){
let data4 = data1.command;
if(Array.isArray(data4)){
if(data4.length < 1){
const err13 = {instancePath:instancePath+"/url/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(data5.length < 1){
const err14 = {instancePath:instancePath+"/url/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/url/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/url/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.schema !== undefined){
let data6 = data.schema;
if(typeof data6 === "string"){
if(!pattern23.test(data6)){
const err18 = {instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/pattern",keyword:"pattern",params:{pattern: "^[a-z_][a-z0-9_]{0,62}$"},message:"must match pattern \""+"^[a-z_][a-z0-9_]{0,62}$"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/schema",schemaPath:"#/properties/schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.name !== undefined){
let data7 = data.name;
if(typeof data7 === "string"){
if(!pattern24.test(data7)){
const err20 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\""};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.encryption !== undefined){
if(!(validate23(data.encryption, {instancePath:instancePath+"/encryption",parentData:data,parentDataProperty:"encryption",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate23.errors : appended(vErrors, validate23.errors);
errors = vErrors.length;
}
}
if(data.retention !== undefined){
if(!(validate27(data.retention, {instancePath:instancePath+"/retention",parentData:data,parentDataProperty:"retention",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate27.errors : appended(vErrors, validate27.errors);
errors = vErrors.length;
}
}
if(data.lockTtl !== undefined){
let data10 = data.lockTtl;
if(typeof data10 === "string"){
if(!pattern6.test(data10)){
const err22 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/lockTtl",schemaPath:"#/$defs/lockTtl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate38.errors = vErrors;
return errors === 0;
}
validate38.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(errors === _errs3){
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type !== undefined){
if("local" !== data.type){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
else {
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs6 = errors;
if(!(validate22(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : appended(vErrors, validate22.errors);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid1 = _valid0;
if(valid1){
var props0 = true;
}
}
if(!valid1){
const err2 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const _errs8 = errors;
let valid3 = true;
const _errs9 = errors;
if(errors === _errs9){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
if(data.type !== undefined){
if("azureBlob" !== data.type){
const err4 = {};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
}
else {
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs12 = errors;
if(!(validate30(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate30.errors : appended(vErrors, validate30.errors);
errors = vErrors.length;
}
var _valid1 = _errs12 === errors;
valid3 = _valid1;
if(valid3){
var props1 = true;
}
}
if(!valid3){
const err6 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(props0 !== true && props1 !== undefined){
if(props1 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props1);
}
}
const _errs14 = errors;
let valid5 = true;
const _errs15 = errors;
if(errors === _errs15){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((data.type === undefined) && (missing1 = "type")){
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
if(data.type !== undefined){
if("s3" !== data.type){
const err8 = {};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
}
else {
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
var _valid2 = _errs15 === errors;
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs18 = errors;
if(!(validate34(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : appended(vErrors, validate34.errors);
errors = vErrors.length;
}
var _valid2 = _errs18 === errors;
valid5 = _valid2;
if(valid5){
var props2 = true;
}
}
if(!valid5){
const err10 = {instancePath,schemaPath:"#/allOf/2/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(props0 !== true && props2 !== undefined){
if(props2 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props2);
}
}
const _errs20 = errors;
let valid7 = true;
const _errs21 = errors;
if(errors === _errs21){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((data.type === undefined) && (missing2 = "type")){
const err11 = {};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
if(data.type !== undefined){
if("postgres" !== data.type){
const err12 = {};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
}
else {
const err13 = {};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
var _valid3 = _errs21 === errors;
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs24 = errors;
if(!(validate38(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate38.errors : appended(vErrors, validate38.errors);
errors = vErrors.length;
}
var _valid3 = _errs24 === errors;
valid7 = _valid3;
if(valid7){
var props3 = true;
}
}
if(!valid7){
const err14 = {instancePath,schemaPath:"#/allOf/3/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(props0 !== true && props3 !== undefined){
if(props3 === true){
props0 = true;
}
else {
props0 = props0 || {};
Object.assign(props0, props3);
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(props0 !== true){
props0 = props0 || {};
props0.type = true;
}
if(data.type !== undefined){
let data4 = data.type;
if(!((((data4 === "local") || (data4 === "azureBlob")) || (data4 === "s3")) || (data4 === "postgres"))){
const err15 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema33.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
validate21.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate21.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema59 = {"type":"object","additionalProperties":false,"properties":{"timeout":{"$ref":"#/$defs/duration"},"totalTimeout":{"$ref":"#/$defs/duration"},"memory":{"$ref":"#/$defs/size"},"disk":{"$ref":"#/$defs/size"}}};
const schema62 = {"type":"string","pattern":"^[1-9][0-9]{0,5}(MB|GB)$"};
const pattern29 = new RegExp("^[1-9][0-9]{0,5}(MB|GB)$", "u");

function validate43(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate43.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "timeout") || (key0 === "totalTimeout")) || (key0 === "memory")) || (key0 === "disk"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.timeout !== undefined){
let data0 = data.timeout;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err1 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/timeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.totalTimeout !== undefined){
let data1 = data.totalTimeout;
if(typeof data1 === "string"){
if(!pattern6.test(data1)){
const err3 = {instancePath:instancePath+"/totalTimeout",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/totalTimeout",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.memory !== undefined){
let data2 = data.memory;
if(typeof data2 === "string"){
if(!pattern29.test(data2)){
const err5 = {instancePath:instancePath+"/memory",schemaPath:"#/$defs/size/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}(MB|GB)$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}(MB|GB)$"+"\""};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/memory",schemaPath:"#/$defs/size/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.disk !== undefined){
let data3 = data.disk;
if(typeof data3 === "string"){
if(!pattern29.test(data3)){
const err7 = {instancePath:instancePath+"/disk",schemaPath:"#/$defs/size/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}(MB|GB)$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}(MB|GB)$"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/disk",schemaPath:"#/$defs/size/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
validate43.errors = vErrors;
return errors === 0;
}
validate43.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema64 = {"type":"object","additionalProperties":false,"properties":{"allowedSigners":{"type":"string","minLength":1},"groups":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}}},"identities":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string","minLength":1}}},"maxAge":{"$ref":"#/$defs/duration"},"maxPlanAge":{"$ref":"#/$defs/duration"},"tolerance":{"$ref":"#/$defs/limit"}}};
const pattern34 = new RegExp("^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$", "u");

function validate45(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate45.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "allowedSigners") || (key0 === "groups")) || (key0 === "identities")) || (key0 === "maxAge")) || (key0 === "maxPlanAge")) || (key0 === "tolerance"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.allowedSigners !== undefined){
let data0 = data.allowedSigners;
if(typeof data0 === "string"){
if(data0.length < 1){
const err1 = {instancePath:instancePath+"/allowedSigners",schemaPath:"#/properties/allowedSigners/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/allowedSigners",schemaPath:"#/properties/allowedSigners/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.groups !== undefined){
let data1 = data.groups;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
const _errs6 = errors;
if(typeof key1 === "string"){
if(!pattern24.test(key1)){
const err3 = {instancePath:instancePath+"/groups",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key1};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/groups",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key1};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var valid1 = _errs6 === errors;
if(!valid1){
const err5 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
for(const key2 in data1){
let data2 = data1[key2];
if(Array.isArray(data2)){
if(data2.length < 1){
const err6 = {instancePath:instancePath+"/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/groups/additionalProperties/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(data3.length < 1){
const err7 = {instancePath:instancePath+"/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/groups/additionalProperties/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/groups/additionalProperties/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/groups/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/groups/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/groups",schemaPath:"#/properties/groups/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.identities !== undefined){
let data4 = data.identities;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key3 in data4){
let data5 = data4[key3];
if(Array.isArray(data5)){
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
let data6 = data5[i1];
if(typeof data6 === "string"){
if(data6.length < 1){
const err11 = {instancePath:instancePath+"/identities/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/properties/identities/additionalProperties/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/identities/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/properties/identities/additionalProperties/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/identities/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/identities/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/identities",schemaPath:"#/properties/identities/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.maxAge !== undefined){
let data7 = data.maxAge;
if(typeof data7 === "string"){
if(!pattern6.test(data7)){
const err15 = {instancePath:instancePath+"/maxAge",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/maxAge",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.maxPlanAge !== undefined){
let data8 = data.maxPlanAge;
if(typeof data8 === "string"){
if(!pattern6.test(data8)){
const err17 = {instancePath:instancePath+"/maxPlanAge",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/maxPlanAge",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.tolerance !== undefined){
let data9 = data.tolerance;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(Object.keys(data9).length < 1){
const err19 = {instancePath:instancePath+"/tolerance",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key4 in data9){
if(!((key4 === "count") || (key4 === "share"))){
const err20 = {instancePath:instancePath+"/tolerance",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data9.count !== undefined){
let data10 = data9.count;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err21 = {instancePath:instancePath+"/tolerance/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 < 0 || isNaN(data10)){
const err22 = {instancePath:instancePath+"/tolerance/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
if(data9.share !== undefined){
let data11 = data9.share;
if(typeof data11 === "string"){
if(!pattern34.test(data11)){
const err23 = {instancePath:instancePath+"/tolerance/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/tolerance/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/tolerance",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate45.errors = vErrors;
return errors === 0;
}
validate45.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema71 = {"type":"object","additionalProperties":false,"required":["level","deny","message"],"properties":{"description":{"type":"string","minLength":1},"level":{"enum":["advisory","mandatory"]},"deny":{"type":"string","minLength":1,"maxLength":4000},"message":{"type":"string","minLength":1},"approvals":{"type":"object","additionalProperties":false,"required":["from"],"properties":{"from":{"$ref":"#/$defs/name"},"count":{"type":"integer","minimum":1}}}}};

function validate47(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate47.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.level === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "level"},message:"must have required property '"+"level"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.deny === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "deny"},message:"must have required property '"+"deny"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.message === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "message"},message:"must have required property '"+"message"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "description") || (key0 === "level")) || (key0 === "deny")) || (key0 === "message")) || (key0 === "approvals"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.description !== undefined){
let data0 = data.description;
if(typeof data0 === "string"){
if(data0.length < 1){
const err4 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.level !== undefined){
let data1 = data.level;
if(!((data1 === "advisory") || (data1 === "mandatory"))){
const err6 = {instancePath:instancePath+"/level",schemaPath:"#/properties/level/enum",keyword:"enum",params:{allowedValues: schema71.properties.level.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.deny !== undefined){
let data2 = data.deny;
if(typeof data2 === "string"){
if(data2.length > 4000){
const err7 = {instancePath:instancePath+"/deny",schemaPath:"#/properties/deny/maxLength",keyword:"maxLength",params:{limit: 4000},message:"must NOT have more than 4000 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2.length < 1){
const err8 = {instancePath:instancePath+"/deny",schemaPath:"#/properties/deny/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/deny",schemaPath:"#/properties/deny/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.message !== undefined){
let data3 = data.message;
if(typeof data3 === "string"){
if(data3.length < 1){
const err10 = {instancePath:instancePath+"/message",schemaPath:"#/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/message",schemaPath:"#/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.approvals !== undefined){
let data4 = data.approvals;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.from === undefined){
const err12 = {instancePath:instancePath+"/approvals",schemaPath:"#/properties/approvals/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
for(const key1 in data4){
if(!((key1 === "from") || (key1 === "count"))){
const err13 = {instancePath:instancePath+"/approvals",schemaPath:"#/properties/approvals/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data4.from !== undefined){
let data5 = data4.from;
if(typeof data5 === "string"){
if(!pattern24.test(data5)){
const err14 = {instancePath:instancePath+"/approvals/from",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\""};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/approvals/from",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data4.count !== undefined){
let data6 = data4.count;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err16 = {instancePath:instancePath+"/approvals/count",schemaPath:"#/properties/approvals/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 < 1 || isNaN(data6)){
const err17 = {instancePath:instancePath+"/approvals/count",schemaPath:"#/properties/approvals/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
}
else {
const err18 = {instancePath:instancePath+"/approvals",schemaPath:"#/properties/approvals/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
validate47.errors = vErrors;
return errors === 0;
}
validate47.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema74 = {"type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/brevoConnection"},{"$ref":"#/$defs/sendgridConnection"},{"$ref":"#/$defs/fileConnection"}]};
const schema75 = {"type":"object","additionalProperties":false,"required":["type","apiKey"],"properties":{"type":{"enum":["brevo","sendinblue"]},"displayName":{"$ref":"#/$defs/displayName"},"dataPrivacy":{"$ref":"#/$defs/dataPrivacy"},"usableBy":{"$ref":"#/$defs/usableBy"},"suppressions":{"$ref":"#/$defs/connectionSuppressions"},"apiKey":{"$ref":"#/$defs/secret"},"contract":{"$ref":"#/$defs/contract"},"baseUrl":{"$ref":"#/$defs/baseUrl"},"optOuts":{"$ref":"#/$defs/optOuts"},"requestTimeout":{"$ref":"#/$defs/requestTimeout"},"jobTimeout":{"$ref":"#/$defs/jobTimeout"},"rateLimits":{"enum":["general","advanced","extended","none"]},"importFormat":{"enum":["json","csv"]},"clears":{"enum":["request","import"]}}};
const schema76 = {"type":"string","minLength":1};
const schema77 = {"type":"object","additionalProperties":false,"required":["agreed","by","on"],"properties":{"agreed":{"type":"boolean"},"by":{"type":"string","minLength":1},"on":{"type":"string"},"text":{"type":"string","minLength":1}}};
const schema78 = {"enum":["admins","contributors"]};
const schema79 = {"type":"array","items":{"type":"string"},"uniqueItems":true};
const schema81 = {"type":"object","additionalProperties":false,"required":["contacts"],"properties":{"contacts":{"type":"integer","minimum":1}}};
const schema82 = {"type":"string"};
const schema83 = {"type":"object","additionalProperties":false,"properties":{"maxAge":{"$ref":"#/$defs/duration"}}};

function validate51(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate51.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "maxAge")){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.maxAge !== undefined){
let data0 = data.maxAge;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err1 = {instancePath:instancePath+"/maxAge",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/maxAge",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate51.errors = vErrors;
return errors === 0;
}
validate51.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate50(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate50.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.apiKey === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiKey"},message:"must have required property '"+"apiKey"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema75.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(!((data0 === "brevo") || (data0 === "sendinblue"))){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema75.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.displayName !== undefined){
let data1 = data.displayName;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.dataPrivacy !== undefined){
let data2 = data.dataPrivacy;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.agreed === undefined){
const err6 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "agreed"},message:"must have required property '"+"agreed"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2.by === undefined){
const err7 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "by"},message:"must have required property '"+"by"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2.on === undefined){
const err8 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "on"},message:"must have required property '"+"on"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data2){
if(!((((key1 === "agreed") || (key1 === "by")) || (key1 === "on")) || (key1 === "text"))){
const err9 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data2.agreed !== undefined){
if(typeof data2.agreed !== "boolean"){
const err10 = {instancePath:instancePath+"/dataPrivacy/agreed",schemaPath:"#/$defs/dataPrivacy/properties/agreed/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data2.by !== undefined){
let data4 = data2.by;
if(typeof data4 === "string"){
if(data4.length < 1){
const err11 = {instancePath:instancePath+"/dataPrivacy/by",schemaPath:"#/$defs/dataPrivacy/properties/by/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/dataPrivacy/by",schemaPath:"#/$defs/dataPrivacy/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.on !== undefined){
if(typeof data2.on !== "string"){
const err13 = {instancePath:instancePath+"/dataPrivacy/on",schemaPath:"#/$defs/dataPrivacy/properties/on/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.text !== undefined){
let data6 = data2.text;
if(typeof data6 === "string"){
if(data6.length < 1){
const err14 = {instancePath:instancePath+"/dataPrivacy/text",schemaPath:"#/$defs/dataPrivacy/properties/text/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/dataPrivacy/text",schemaPath:"#/$defs/dataPrivacy/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.usableBy !== undefined){
let data7 = data.usableBy;
if(!((data7 === "admins") || (data7 === "contributors"))){
const err17 = {instancePath:instancePath+"/usableBy",schemaPath:"#/$defs/usableBy/enum",keyword:"enum",params:{allowedValues: schema78.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.suppressions !== undefined){
let data8 = data.suppressions;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
if(typeof data8[i0] !== "string"){
const err18 = {instancePath:instancePath+"/suppressions/" + i0,schemaPath:"#/$defs/connectionSuppressions/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
let i1 = data8.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data8[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err19 = {instancePath:instancePath+"/suppressions",schemaPath:"#/$defs/connectionSuppressions/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err20 = {instancePath:instancePath+"/suppressions",schemaPath:"#/$defs/connectionSuppressions/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.apiKey !== undefined){
let data10 = data.apiKey;
const _errs28 = errors;
let valid10 = false;
let passing0 = null;
const _errs29 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.env === undefined){
const err21 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
var _valid0 = _errs29 === errors;
if(_valid0){
valid10 = true;
passing0 = 0;
}
const _errs30 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.file === undefined){
const err22 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
var _valid0 = _errs30 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid10 = true;
passing0 = 1;
}
const _errs31 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.command === undefined){
const err23 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var _valid0 = _errs31 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid10 = true;
passing0 = 2;
}
}
}
if(!valid10){
const err24 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
else {
errors = _errs28;
if(vErrors !== null){
if(_errs28){
vErrors.length = _errs28;
}
else {
vErrors = null;
}
}
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err25 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data10.env !== undefined){
let data11 = data10.env;
if(typeof data11 === "string"){
if(!pattern4.test(data11)){
const err26 = {instancePath:instancePath+"/apiKey/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/apiKey/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data10.file !== undefined){
let data12 = data10.file;
if(typeof data12 === "string"){
if(data12.length < 1){
const err28 = {instancePath:instancePath+"/apiKey/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/apiKey/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data10.command !== undefined){
let data13 = data10.command;
if(Array.isArray(data13)){
if(data13.length < 1){
const err30 = {instancePath:instancePath+"/apiKey/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len1 = data13.length;
for(let i2=0; i2<len1; i2++){
let data14 = data13[i2];
if(typeof data14 === "string"){
if(data14.length < 1){
const err31 = {instancePath:instancePath+"/apiKey/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/apiKey/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/apiKey/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.contract !== undefined){
let data15 = data.contract;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.contacts === undefined){
const err35 = {instancePath:instancePath+"/contract",schemaPath:"#/$defs/contract/required",keyword:"required",params:{missingProperty: "contacts"},message:"must have required property '"+"contacts"+"'"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
for(const key3 in data15){
if(!(key3 === "contacts")){
const err36 = {instancePath:instancePath+"/contract",schemaPath:"#/$defs/contract/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data15.contacts !== undefined){
let data16 = data15.contacts;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err37 = {instancePath:instancePath+"/contract/contacts",schemaPath:"#/$defs/contract/properties/contacts/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 1 || isNaN(data16)){
const err38 = {instancePath:instancePath+"/contract/contacts",schemaPath:"#/$defs/contract/properties/contacts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
}
else {
const err39 = {instancePath:instancePath+"/contract",schemaPath:"#/$defs/contract/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.baseUrl !== undefined){
if(typeof data.baseUrl !== "string"){
const err40 = {instancePath:instancePath+"/baseUrl",schemaPath:"#/$defs/baseUrl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.optOuts !== undefined){
if(!(validate51(data.optOuts, {instancePath:instancePath+"/optOuts",parentData:data,parentDataProperty:"optOuts",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate51.errors : appended(vErrors, validate51.errors);
errors = vErrors.length;
}
}
if(data.requestTimeout !== undefined){
let data19 = data.requestTimeout;
if(typeof data19 === "string"){
if(!pattern6.test(data19)){
const err41 = {instancePath:instancePath+"/requestTimeout",schemaPath:"#/$defs/requestTimeout/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/requestTimeout",schemaPath:"#/$defs/requestTimeout/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.jobTimeout !== undefined){
let data20 = data.jobTimeout;
if(typeof data20 === "string"){
if(!pattern6.test(data20)){
const err43 = {instancePath:instancePath+"/jobTimeout",schemaPath:"#/$defs/jobTimeout/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/jobTimeout",schemaPath:"#/$defs/jobTimeout/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.rateLimits !== undefined){
let data21 = data.rateLimits;
if(!((((data21 === "general") || (data21 === "advanced")) || (data21 === "extended")) || (data21 === "none"))){
const err45 = {instancePath:instancePath+"/rateLimits",schemaPath:"#/properties/rateLimits/enum",keyword:"enum",params:{allowedValues: schema75.properties.rateLimits.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.importFormat !== undefined){
let data22 = data.importFormat;
if(!((data22 === "json") || (data22 === "csv"))){
const err46 = {instancePath:instancePath+"/importFormat",schemaPath:"#/properties/importFormat/enum",keyword:"enum",params:{allowedValues: schema75.properties.importFormat.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.clears !== undefined){
let data23 = data.clears;
if(!((data23 === "request") || (data23 === "import"))){
const err47 = {instancePath:instancePath+"/clears",schemaPath:"#/properties/clears/enum",keyword:"enum",params:{allowedValues: schema75.properties.clears.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
validate50.errors = vErrors;
return errors === 0;
}
validate50.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema87 = {"type":"object","additionalProperties":false,"required":["type","apiKey"],"properties":{"type":{"const":"sendgrid"},"displayName":{"$ref":"#/$defs/displayName"},"dataPrivacy":{"$ref":"#/$defs/dataPrivacy"},"usableBy":{"$ref":"#/$defs/usableBy"},"suppressions":{"$ref":"#/$defs/connectionSuppressions"},"apiKey":{"$ref":"#/$defs/secret"},"contract":{"$ref":"#/$defs/contract"},"baseUrl":{"$ref":"#/$defs/baseUrl"},"optOuts":{"$ref":"#/$defs/optOuts"},"requestTimeout":{"$ref":"#/$defs/requestTimeout"},"jobTimeout":{"$ref":"#/$defs/jobTimeout"},"rateLimits":{"enum":["standard","none"]},"unsubscribeGroups":{"type":"array","items":{"type":"integer","minimum":1},"uniqueItems":true},"subuser":{"type":"string","pattern":"^[!-~]{1,64}$"},"accountId":{"type":"integer","minimum":1}}};
const pattern47 = new RegExp("^[!-~]{1,64}$", "u");

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.apiKey === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "apiKey"},message:"must have required property '"+"apiKey"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema87.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
if("sendgrid" !== data.type){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "sendgrid"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.displayName !== undefined){
let data1 = data.displayName;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.dataPrivacy !== undefined){
let data2 = data.dataPrivacy;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.agreed === undefined){
const err6 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "agreed"},message:"must have required property '"+"agreed"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2.by === undefined){
const err7 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "by"},message:"must have required property '"+"by"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2.on === undefined){
const err8 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "on"},message:"must have required property '"+"on"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data2){
if(!((((key1 === "agreed") || (key1 === "by")) || (key1 === "on")) || (key1 === "text"))){
const err9 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data2.agreed !== undefined){
if(typeof data2.agreed !== "boolean"){
const err10 = {instancePath:instancePath+"/dataPrivacy/agreed",schemaPath:"#/$defs/dataPrivacy/properties/agreed/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data2.by !== undefined){
let data4 = data2.by;
if(typeof data4 === "string"){
if(data4.length < 1){
const err11 = {instancePath:instancePath+"/dataPrivacy/by",schemaPath:"#/$defs/dataPrivacy/properties/by/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/dataPrivacy/by",schemaPath:"#/$defs/dataPrivacy/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.on !== undefined){
if(typeof data2.on !== "string"){
const err13 = {instancePath:instancePath+"/dataPrivacy/on",schemaPath:"#/$defs/dataPrivacy/properties/on/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.text !== undefined){
let data6 = data2.text;
if(typeof data6 === "string"){
if(data6.length < 1){
const err14 = {instancePath:instancePath+"/dataPrivacy/text",schemaPath:"#/$defs/dataPrivacy/properties/text/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/dataPrivacy/text",schemaPath:"#/$defs/dataPrivacy/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.usableBy !== undefined){
let data7 = data.usableBy;
if(!((data7 === "admins") || (data7 === "contributors"))){
const err17 = {instancePath:instancePath+"/usableBy",schemaPath:"#/$defs/usableBy/enum",keyword:"enum",params:{allowedValues: schema78.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.suppressions !== undefined){
let data8 = data.suppressions;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
if(typeof data8[i0] !== "string"){
const err18 = {instancePath:instancePath+"/suppressions/" + i0,schemaPath:"#/$defs/connectionSuppressions/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
let i1 = data8.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data8[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err19 = {instancePath:instancePath+"/suppressions",schemaPath:"#/$defs/connectionSuppressions/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err20 = {instancePath:instancePath+"/suppressions",schemaPath:"#/$defs/connectionSuppressions/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.apiKey !== undefined){
let data10 = data.apiKey;
const _errs28 = errors;
let valid10 = false;
let passing0 = null;
const _errs29 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.env === undefined){
const err21 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
var _valid0 = _errs29 === errors;
if(_valid0){
valid10 = true;
passing0 = 0;
}
const _errs30 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.file === undefined){
const err22 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
var _valid0 = _errs30 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid10 = true;
passing0 = 1;
}
const _errs31 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.command === undefined){
const err23 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var _valid0 = _errs31 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid10 = true;
passing0 = 2;
}
}
}
if(!valid10){
const err24 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
else {
errors = _errs28;
if(vErrors !== null){
if(_errs28){
vErrors.length = _errs28;
}
else {
vErrors = null;
}
}
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err25 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data10.env !== undefined){
let data11 = data10.env;
if(typeof data11 === "string"){
if(!pattern4.test(data11)){
const err26 = {instancePath:instancePath+"/apiKey/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/apiKey/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data10.file !== undefined){
let data12 = data10.file;
if(typeof data12 === "string"){
if(data12.length < 1){
const err28 = {instancePath:instancePath+"/apiKey/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/apiKey/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data10.command !== undefined){
let data13 = data10.command;
if(Array.isArray(data13)){
if(data13.length < 1){
const err30 = {instancePath:instancePath+"/apiKey/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
const len1 = data13.length;
for(let i2=0; i2<len1; i2++){
let data14 = data13[i2];
if(typeof data14 === "string"){
if(data14.length < 1){
const err31 = {instancePath:instancePath+"/apiKey/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/apiKey/command/" + i2,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/apiKey/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/apiKey",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.contract !== undefined){
let data15 = data.contract;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.contacts === undefined){
const err35 = {instancePath:instancePath+"/contract",schemaPath:"#/$defs/contract/required",keyword:"required",params:{missingProperty: "contacts"},message:"must have required property '"+"contacts"+"'"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
for(const key3 in data15){
if(!(key3 === "contacts")){
const err36 = {instancePath:instancePath+"/contract",schemaPath:"#/$defs/contract/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data15.contacts !== undefined){
let data16 = data15.contacts;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err37 = {instancePath:instancePath+"/contract/contacts",schemaPath:"#/$defs/contract/properties/contacts/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 1 || isNaN(data16)){
const err38 = {instancePath:instancePath+"/contract/contacts",schemaPath:"#/$defs/contract/properties/contacts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
}
else {
const err39 = {instancePath:instancePath+"/contract",schemaPath:"#/$defs/contract/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.baseUrl !== undefined){
if(typeof data.baseUrl !== "string"){
const err40 = {instancePath:instancePath+"/baseUrl",schemaPath:"#/$defs/baseUrl/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.optOuts !== undefined){
if(!(validate51(data.optOuts, {instancePath:instancePath+"/optOuts",parentData:data,parentDataProperty:"optOuts",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate51.errors : appended(vErrors, validate51.errors);
errors = vErrors.length;
}
}
if(data.requestTimeout !== undefined){
let data19 = data.requestTimeout;
if(typeof data19 === "string"){
if(!pattern6.test(data19)){
const err41 = {instancePath:instancePath+"/requestTimeout",schemaPath:"#/$defs/requestTimeout/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/requestTimeout",schemaPath:"#/$defs/requestTimeout/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.jobTimeout !== undefined){
let data20 = data.jobTimeout;
if(typeof data20 === "string"){
if(!pattern6.test(data20)){
const err43 = {instancePath:instancePath+"/jobTimeout",schemaPath:"#/$defs/jobTimeout/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/jobTimeout",schemaPath:"#/$defs/jobTimeout/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.rateLimits !== undefined){
let data21 = data.rateLimits;
if(!((data21 === "standard") || (data21 === "none"))){
const err45 = {instancePath:instancePath+"/rateLimits",schemaPath:"#/properties/rateLimits/enum",keyword:"enum",params:{allowedValues: schema87.properties.rateLimits.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.unsubscribeGroups !== undefined){
let data22 = data.unsubscribeGroups;
if(Array.isArray(data22)){
const len2 = data22.length;
for(let i3=0; i3<len2; i3++){
let data23 = data22[i3];
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err46 = {instancePath:instancePath+"/unsubscribeGroups/" + i3,schemaPath:"#/properties/unsubscribeGroups/items/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 < 1 || isNaN(data23)){
const err47 = {instancePath:instancePath+"/unsubscribeGroups/" + i3,schemaPath:"#/properties/unsubscribeGroups/items/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
let i4 = data22.length;
let j1;
if(i4 > 1){
const indices1 = {};
for(;i4--;){
let item1 = data22[i4];
if(!(((typeof item1 == "number") && (!(item1 % 1) && !isNaN(item1))) && (isFinite(item1)))){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err48 = {instancePath:instancePath+"/unsubscribeGroups",schemaPath:"#/properties/unsubscribeGroups/uniqueItems",keyword:"uniqueItems",params:{i: i4, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i4+" are identical)"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
break;
}
indices1[item1] = i4;
}
}
}
else {
const err49 = {instancePath:instancePath+"/unsubscribeGroups",schemaPath:"#/properties/unsubscribeGroups/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data.subuser !== undefined){
let data24 = data.subuser;
if(typeof data24 === "string"){
if(!pattern47.test(data24)){
const err50 = {instancePath:instancePath+"/subuser",schemaPath:"#/properties/subuser/pattern",keyword:"pattern",params:{pattern: "^[!-~]{1,64}$"},message:"must match pattern \""+"^[!-~]{1,64}$"+"\""};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/subuser",schemaPath:"#/properties/subuser/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.accountId !== undefined){
let data25 = data.accountId;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err52 = {instancePath:instancePath+"/accountId",schemaPath:"#/properties/accountId/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 < 1 || isNaN(data25)){
const err53 = {instancePath:instancePath+"/accountId",schemaPath:"#/properties/accountId/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
}
else {
const err54 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema97 = {"type":"object","additionalProperties":false,"required":["type","path"],"properties":{"type":{"const":"file"},"displayName":{"$ref":"#/$defs/displayName"},"dataPrivacy":{"$ref":"#/$defs/dataPrivacy"},"usableBy":{"$ref":"#/$defs/usableBy"},"suppressions":{"$ref":"#/$defs/connectionSuppressions"},"path":{"type":"string","minLength":1}}};

function validate55(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate55.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.path === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((((key0 === "type") || (key0 === "displayName")) || (key0 === "dataPrivacy")) || (key0 === "usableBy")) || (key0 === "suppressions")) || (key0 === "path"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
if("file" !== data.type){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "file"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.displayName !== undefined){
let data1 = data.displayName;
if(typeof data1 === "string"){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.dataPrivacy !== undefined){
let data2 = data.dataPrivacy;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.agreed === undefined){
const err6 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "agreed"},message:"must have required property '"+"agreed"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2.by === undefined){
const err7 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "by"},message:"must have required property '"+"by"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data2.on === undefined){
const err8 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/required",keyword:"required",params:{missingProperty: "on"},message:"must have required property '"+"on"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data2){
if(!((((key1 === "agreed") || (key1 === "by")) || (key1 === "on")) || (key1 === "text"))){
const err9 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data2.agreed !== undefined){
if(typeof data2.agreed !== "boolean"){
const err10 = {instancePath:instancePath+"/dataPrivacy/agreed",schemaPath:"#/$defs/dataPrivacy/properties/agreed/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data2.by !== undefined){
let data4 = data2.by;
if(typeof data4 === "string"){
if(data4.length < 1){
const err11 = {instancePath:instancePath+"/dataPrivacy/by",schemaPath:"#/$defs/dataPrivacy/properties/by/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/dataPrivacy/by",schemaPath:"#/$defs/dataPrivacy/properties/by/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.on !== undefined){
if(typeof data2.on !== "string"){
const err13 = {instancePath:instancePath+"/dataPrivacy/on",schemaPath:"#/$defs/dataPrivacy/properties/on/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data2.text !== undefined){
let data6 = data2.text;
if(typeof data6 === "string"){
if(data6.length < 1){
const err14 = {instancePath:instancePath+"/dataPrivacy/text",schemaPath:"#/$defs/dataPrivacy/properties/text/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/dataPrivacy/text",schemaPath:"#/$defs/dataPrivacy/properties/text/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/dataPrivacy",schemaPath:"#/$defs/dataPrivacy/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.usableBy !== undefined){
let data7 = data.usableBy;
if(!((data7 === "admins") || (data7 === "contributors"))){
const err17 = {instancePath:instancePath+"/usableBy",schemaPath:"#/$defs/usableBy/enum",keyword:"enum",params:{allowedValues: schema78.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.suppressions !== undefined){
let data8 = data.suppressions;
if(Array.isArray(data8)){
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
if(typeof data8[i0] !== "string"){
const err18 = {instancePath:instancePath+"/suppressions/" + i0,schemaPath:"#/$defs/connectionSuppressions/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
let i1 = data8.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data8[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err19 = {instancePath:instancePath+"/suppressions",schemaPath:"#/$defs/connectionSuppressions/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err20 = {instancePath:instancePath+"/suppressions",schemaPath:"#/$defs/connectionSuppressions/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.path !== undefined){
let data10 = data.path;
if(typeof data10 === "string"){
if(data10.length < 1){
const err21 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
validate55.errors = vErrors;
return errors === 0;
}
validate55.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate49(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate49.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "brevo"){
if(!(validate50(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate50.errors : appended(vErrors, validate50.errors);
errors = vErrors.length;
}
var props0 = true;
}
else if(tag0 === "sendinblue"){
if(!(validate50(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate50.errors : appended(vErrors, validate50.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "sendgrid"){
if(!(validate53(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : appended(vErrors, validate53.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "file"){
if(!(validate55(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate55.errors : appended(vErrors, validate55.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
const err1 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate49.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate49.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema103 = {"type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/filesSource"},{"$ref":"#/$defs/duckdbSource"}]};
const schema104 = {"type":"object","additionalProperties":false,"required":["type","path"],"properties":{"type":{"const":"files"},"path":{"$ref":"#/$defs/paths"},"format":{"enum":["csv","tsv","jsonl","json","parquet"]},"delimiter":{"type":"string","minLength":1,"maxLength":1},"columnsMayDiffer":{"type":"boolean"},"header":{"type":"boolean"},"columnNames":{"type":"array","items":{"type":"string","minLength":1},"minItems":1},"nullValues":{"type":"array","items":{"type":"string","minLength":1},"uniqueItems":true},"encoding":{"enum":["UTF-8","UTF-16","windows-1252","latin1"]},"finalNewline":{"enum":["required","optional"]},"columns":{"$ref":"#/$defs/columns"},"minimumRows":{"$ref":"#/$defs/minimumRows"},"maxAge":{"$ref":"#/$defs/maxAge"}}};
const schema105 = {"type":["string","array"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"array"},"then":{"type":"array","items":{"type":"string","minLength":1},"minItems":1}}]};
const schema112 = {"type":"integer","minimum":0};
const schema106 = {"type":"object","additionalProperties":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"#/$defs/columnType"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/declaredColumn"}}]}};
const schema107 = {"type":"string","enum":["text","number","date","timestamp","boolean"]};
const schema108 = {"type":"object","additionalProperties":false,"required":["type"],"properties":{"type":{"$ref":"#/$defs/columnType"},"format":{"$ref":"#/$defs/dateFormat"},"decimal":{"$ref":"#/$defs/decimalMark"}}};
const schema110 = {"type":"string","pattern":"^(?:%d[./ -]%m[./ -]%Y|%m[./ -]%d[./ -]%Y|%Y[./-]?%m[./-]?%d)(?: %H:%M(?::%S)?)?$"};
const schema111 = {"enum":[",","."]};
const pattern49 = new RegExp("^(?:%d[./ -]%m[./ -]%Y|%m[./ -]%d[./ -]%Y|%Y[./-]?%m[./-]?%d)(?: %H:%M(?::%S)?)?$", "u");

function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate64.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "format")) || (key0 === "decimal"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/type",schemaPath:"#/$defs/columnType/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(((((data0 === "text") || (data0 === "number")) || (data0 === "date")) || (data0 === "timestamp")) || (data0 === "boolean"))){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/$defs/columnType/enum",keyword:"enum",params:{allowedValues: schema107.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.format !== undefined){
let data1 = data.format;
if(typeof data1 === "string"){
if(!pattern49.test(data1)){
const err4 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/dateFormat/pattern",keyword:"pattern",params:{pattern: "^(?:%d[./ -]%m[./ -]%Y|%m[./ -]%d[./ -]%Y|%Y[./-]?%m[./-]?%d)(?: %H:%M(?::%S)?)?$"},message:"must match pattern \""+"^(?:%d[./ -]%m[./ -]%Y|%m[./ -]%d[./ -]%Y|%Y[./-]?%m[./-]?%d)(?: %H:%M(?::%S)?)?$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/dateFormat/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.decimal !== undefined){
let data2 = data.decimal;
if(!((data2 === ",") || (data2 === "."))){
const err6 = {instancePath:instancePath+"/decimal",schemaPath:"#/$defs/decimalMark/enum",keyword:"enum",params:{allowedValues: schema111.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}
validate64.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate63(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate63.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
let data0 = data[key0];
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err0 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/type",keyword:"type",params:{type: schema106.additionalProperties.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs5 = errors;
let valid2 = true;
const _errs6 = errors;
if(typeof data0 !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs6 === errors;
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/columnType/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!(((((data0 === "text") || (data0 === "number")) || (data0 === "date")) || (data0 === "timestamp")) || (data0 === "boolean"))){
const err3 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/columnType/enum",keyword:"enum",params:{allowedValues: schema107.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid2 = _valid0;
}
if(!valid2){
const err4 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs12 = errors;
let valid4 = true;
const _errs13 = errors;
if(!(data0 && typeof data0 == "object" && !Array.isArray(data0))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs13 === errors;
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs15 = errors;
if(!(validate64(data0, {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : appended(vErrors, validate64.errors);
errors = vErrors.length;
}
var _valid1 = _errs15 === errors;
valid4 = _valid1;
}
if(!valid4){
const err6 = {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/additionalProperties/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate63.errors = vErrors;
return errors === 0;
}
validate63.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema113 = {"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"#/$defs/duration"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/measuredAge"}}]};
const schema115 = {"type":"object","additionalProperties":false,"required":["maxAge","column"],"properties":{"maxAge":{"$ref":"#/$defs/duration"},"column":{"type":"string","minLength":1}}};

function validate68(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate68.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.maxAge === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "maxAge"},message:"must have required property '"+"maxAge"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.column === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "column"},message:"must have required property '"+"column"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "maxAge") || (key0 === "column"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.maxAge !== undefined){
let data0 = data.maxAge;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err3 = {instancePath:instancePath+"/maxAge",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/maxAge",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.column !== undefined){
let data1 = data.column;
if(typeof data1 === "string"){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/column",schemaPath:"#/properties/column/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/column",schemaPath:"#/properties/column/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
validate68.errors = vErrors;
return errors === 0;
}
validate68.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema113.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data === "string"){
if(!pattern6.test(data)){
const err2 = {instancePath,schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs9 = errors;
let valid3 = true;
const _errs10 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs10 === errors;
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs12 = errors;
if(!(validate68(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate68.errors : appended(vErrors, validate68.errors);
errors = vErrors.length;
}
var _valid1 = _errs12 === errors;
valid3 = _valid1;
if(valid3){
var props0 = true;
}
}
if(!valid3){
const err6 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate67.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate67.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate62.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.path === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema104.properties, key0))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
if("files" !== data.type){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "files"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.path !== undefined){
let data1 = data.path;
if((typeof data1 !== "string") && (!(Array.isArray(data1)))){
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/type",keyword:"type",params:{type: schema105.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs7 = errors;
let valid3 = true;
const _errs8 = errors;
if(typeof data1 !== "string"){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs8 === errors;
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs10 = errors;
if(typeof data1 === "string"){
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/0/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid0 = _errs10 === errors;
valid3 = _valid0;
}
if(!valid3){
const err8 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const _errs13 = errors;
let valid4 = true;
const _errs14 = errors;
if(!(Array.isArray(data1))){
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid1 = _errs14 === errors;
errors = _errs13;
if(vErrors !== null){
if(_errs13){
vErrors.length = _errs13;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs16 = errors;
if(Array.isArray(data1)){
if(data1.length < 1){
const err10 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/1/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(data2.length < 1){
const err11 = {instancePath:instancePath+"/path/" + i0,schemaPath:"#/$defs/paths/allOf/1/then/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/path/" + i0,schemaPath:"#/$defs/paths/allOf/1/then/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/1/then/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid1 = _errs16 === errors;
valid4 = _valid1;
}
if(!valid4){
const err14 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.format !== undefined){
let data3 = data.format;
if(!(((((data3 === "csv") || (data3 === "tsv")) || (data3 === "jsonl")) || (data3 === "json")) || (data3 === "parquet"))){
const err15 = {instancePath:instancePath+"/format",schemaPath:"#/properties/format/enum",keyword:"enum",params:{allowedValues: schema104.properties.format.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.delimiter !== undefined){
let data4 = data.delimiter;
if(typeof data4 === "string"){
if(data4.length > 1){
const err16 = {instancePath:instancePath+"/delimiter",schemaPath:"#/properties/delimiter/maxLength",keyword:"maxLength",params:{limit: 1},message:"must NOT have more than 1 characters"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(data4.length < 1){
const err17 = {instancePath:instancePath+"/delimiter",schemaPath:"#/properties/delimiter/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/delimiter",schemaPath:"#/properties/delimiter/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.columnsMayDiffer !== undefined){
if(typeof data.columnsMayDiffer !== "boolean"){
const err19 = {instancePath:instancePath+"/columnsMayDiffer",schemaPath:"#/properties/columnsMayDiffer/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.header !== undefined){
if(typeof data.header !== "boolean"){
const err20 = {instancePath:instancePath+"/header",schemaPath:"#/properties/header/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.columnNames !== undefined){
let data7 = data.columnNames;
if(Array.isArray(data7)){
if(data7.length < 1){
const err21 = {instancePath:instancePath+"/columnNames",schemaPath:"#/properties/columnNames/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
let data8 = data7[i1];
if(typeof data8 === "string"){
if(data8.length < 1){
const err22 = {instancePath:instancePath+"/columnNames/" + i1,schemaPath:"#/properties/columnNames/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/columnNames/" + i1,schemaPath:"#/properties/columnNames/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/columnNames",schemaPath:"#/properties/columnNames/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.nullValues !== undefined){
let data9 = data.nullValues;
if(Array.isArray(data9)){
const len2 = data9.length;
for(let i2=0; i2<len2; i2++){
let data10 = data9[i2];
if(typeof data10 === "string"){
if(data10.length < 1){
const err25 = {instancePath:instancePath+"/nullValues/" + i2,schemaPath:"#/properties/nullValues/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/nullValues/" + i2,schemaPath:"#/properties/nullValues/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
let i3 = data9.length;
let j0;
if(i3 > 1){
const indices0 = {};
for(;i3--;){
let item0 = data9[i3];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err27 = {instancePath:instancePath+"/nullValues",schemaPath:"#/properties/nullValues/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
break;
}
indices0[item0] = i3;
}
}
}
else {
const err28 = {instancePath:instancePath+"/nullValues",schemaPath:"#/properties/nullValues/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.encoding !== undefined){
let data11 = data.encoding;
if(!((((data11 === "UTF-8") || (data11 === "UTF-16")) || (data11 === "windows-1252")) || (data11 === "latin1"))){
const err29 = {instancePath:instancePath+"/encoding",schemaPath:"#/properties/encoding/enum",keyword:"enum",params:{allowedValues: schema104.properties.encoding.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.finalNewline !== undefined){
let data12 = data.finalNewline;
if(!((data12 === "required") || (data12 === "optional"))){
const err30 = {instancePath:instancePath+"/finalNewline",schemaPath:"#/properties/finalNewline/enum",keyword:"enum",params:{allowedValues: schema104.properties.finalNewline.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.columns !== undefined){
if(!(validate63(data.columns, {instancePath:instancePath+"/columns",parentData:data,parentDataProperty:"columns",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : appended(vErrors, validate63.errors);
errors = vErrors.length;
}
}
if(data.minimumRows !== undefined){
let data14 = data.minimumRows;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err31 = {instancePath:instancePath+"/minimumRows",schemaPath:"#/$defs/minimumRows/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
const err32 = {instancePath:instancePath+"/minimumRows",schemaPath:"#/$defs/minimumRows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
if(data.maxAge !== undefined){
if(!(validate67(data.maxAge, {instancePath:instancePath+"/maxAge",parentData:data,parentDataProperty:"maxAge",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : appended(vErrors, validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err33 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
validate62.errors = vErrors;
return errors === 0;
}
validate62.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema117 = {"type":"object","additionalProperties":false,"required":["type","path"],"properties":{"type":{"const":"duckdb"},"path":{"type":"string","minLength":1},"table":{"type":"string","minLength":1},"sql":{"type":"string","minLength":1},"columns":{"$ref":"#/$defs/columns"},"minimumRows":{"$ref":"#/$defs/minimumRows"},"maxAge":{"$ref":"#/$defs/maxAge"}},"oneOf":[{"required":["table"]},{"required":["sql"]}]};

function validate71(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate71.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.table === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "table"},message:"must have required property '"+"table"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sql === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "sql"},message:"must have required property '"+"sql"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.path === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "type") || (key0 === "path")) || (key0 === "table")) || (key0 === "sql")) || (key0 === "columns")) || (key0 === "minimumRows")) || (key0 === "maxAge"))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.type !== undefined){
if("duckdb" !== data.type){
const err6 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "duckdb"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.path !== undefined){
let data1 = data.path;
if(typeof data1 === "string"){
if(data1.length < 1){
const err7 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/path",schemaPath:"#/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.table !== undefined){
let data2 = data.table;
if(typeof data2 === "string"){
if(data2.length < 1){
const err9 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/table",schemaPath:"#/properties/table/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.sql !== undefined){
let data3 = data.sql;
if(typeof data3 === "string"){
if(data3.length < 1){
const err11 = {instancePath:instancePath+"/sql",schemaPath:"#/properties/sql/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/sql",schemaPath:"#/properties/sql/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.columns !== undefined){
if(!(validate63(data.columns, {instancePath:instancePath+"/columns",parentData:data,parentDataProperty:"columns",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate63.errors : appended(vErrors, validate63.errors);
errors = vErrors.length;
}
}
if(data.minimumRows !== undefined){
let data5 = data.minimumRows;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err13 = {instancePath:instancePath+"/minimumRows",schemaPath:"#/$defs/minimumRows/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
const err14 = {instancePath:instancePath+"/minimumRows",schemaPath:"#/$defs/minimumRows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
if(data.maxAge !== undefined){
if(!(validate67(data.maxAge, {instancePath:instancePath+"/maxAge",parentData:data,parentDataProperty:"maxAge",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : appended(vErrors, validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate71.errors = vErrors;
return errors === 0;
}
validate71.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate61(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate61.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "files"){
if(!(validate62(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : appended(vErrors, validate62.errors);
errors = vErrors.length;
}
var props0 = true;
}
else if(tag0 === "duckdb"){
if(!(validate71(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate71.errors : appended(vErrors, validate71.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
const err1 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate61.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate61.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema121 = {"type":"object","additionalProperties":false,"required":["cron"],"properties":{"cron":{"type":["string","array"],"allOf":[{"if":{"type":"string"},"then":{"$ref":"#/$defs/cron"}},{"if":{"type":"array"},"then":{"type":"array","items":{"type":"string","minLength":1},"minItems":1,"maxItems":100}}]},"timezone":{"$ref":"#/$defs/timezone"}}};
const schema122 = {"type":"string","minLength":1};

function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate77.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cron === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "cron"},message:"must have required property '"+"cron"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!((key0 === "cron") || (key0 === "timezone"))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.cron !== undefined){
let data0 = data.cron;
if((typeof data0 !== "string") && (!(Array.isArray(data0)))){
const err2 = {instancePath:instancePath+"/cron",schemaPath:"#/properties/cron/type",keyword:"type",params:{type: schema121.properties.cron.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
const _errs5 = errors;
let valid2 = true;
const _errs6 = errors;
if(typeof data0 !== "string"){
const err3 = {};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs6 === errors;
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(typeof data0 === "string"){
if(data0.length < 1){
const err4 = {instancePath:instancePath+"/cron",schemaPath:"#/$defs/cron/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/cron",schemaPath:"#/$defs/cron/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid2 = _valid0;
}
if(!valid2){
const err6 = {instancePath:instancePath+"/cron",schemaPath:"#/properties/cron/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const _errs12 = errors;
let valid4 = true;
const _errs13 = errors;
if(!(Array.isArray(data0))){
const err7 = {};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid1 = _errs13 === errors;
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs15 = errors;
if(Array.isArray(data0)){
if(data0.length > 100){
const err8 = {instancePath:instancePath+"/cron",schemaPath:"#/properties/cron/allOf/1/then/maxItems",keyword:"maxItems",params:{limit: 100},message:"must NOT have more than 100 items"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data0.length < 1){
const err9 = {instancePath:instancePath+"/cron",schemaPath:"#/properties/cron/allOf/1/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(data1.length < 1){
const err10 = {instancePath:instancePath+"/cron/" + i0,schemaPath:"#/properties/cron/allOf/1/then/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/cron/" + i0,schemaPath:"#/properties/cron/allOf/1/then/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/cron",schemaPath:"#/properties/cron/allOf/1/then/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
var _valid1 = _errs15 === errors;
valid4 = _valid1;
}
if(!valid4){
const err13 = {instancePath:instancePath+"/cron",schemaPath:"#/properties/cron/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.timezone !== undefined){
if(typeof data.timezone !== "string"){
const err14 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}
validate77.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema125 = {"type":"object","additionalProperties":false,"required":["connection","list","segments","match"],"properties":{"displayName":{"$ref":"#/$defs/displayName"},"connection":{"type":["string","null"]},"whenDisconnected":{"enum":["error","detach"]},"list":{"$ref":"#/$defs/listTarget"},"segments":{"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true},"match":{"type":"object","additionalProperties":false,"required":["email"],"properties":{"email":{"type":"string","minLength":1},"id":{"type":"string","minLength":1}}},"consent":{"oneOf":[{"type":"string","minLength":1},{"$ref":"#/$defs/consentValues"}]},"mode":{"enum":["add-only","upsert","mirror"]},"attributes":{"type":"object","propertyNames":{"type":"string","pattern":"^\\S(.{0,98}\\S)?$"},"additionalProperties":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/attribute"}}]}},"createMissing":{"type":"boolean"},"nulls":{"$ref":"#/$defs/nulls"},"readBack":{"$ref":"#/$defs/readBack"},"schedule":{"$ref":"#/$defs/exportSchedule"},"whenStale":{"$ref":"#/$defs/whenStale"},"drift":{"$ref":"#/$defs/drift"},"strangers":{"enum":["report","adopt","remove"]},"safeguards":{"$ref":"#/$defs/safeguards"},"protect":{"$ref":"#/$defs/protect"}}};
const schema129 = {"type":"object","additionalProperties":false,"required":["column","is"],"properties":{"column":{"type":"string","minLength":1},"is":{"type":"array","minItems":1,"uniqueItems":true,"items":{"type":["string","number","boolean"],"minLength":1}}}};
const schema131 = {"enum":["leave","clear"]};
const schema141 = {"type":"object","additionalProperties":false,"minProperties":1,"properties":{"removed":{"enum":["respect","restore"]},"values":{"enum":["restore","keep"]}}};
const schema148 = {"type":"boolean"};
const schema127 = {"type":["integer","string","object"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/list"}}]};
const schema128 = {"type":"object","additionalProperties":false,"properties":{"id":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"name":{"type":"string","minLength":1},"create":{"type":"boolean"},"folder":{"type":"string","minLength":1}},"oneOf":[{"required":["id"]},{"required":["name"]}],"dependentRequired":{"create":["name"],"folder":["name"]}};

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate80.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(((!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))) && (typeof data !== "string")) && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema127.type},message:"must be integer,string,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data < 1 || isNaN(data)){
const err3 = {instancePath,schemaPath:"#/allOf/0/then/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(typeof data !== "string"){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(typeof data === "string"){
if(data.length < 1){
const err6 = {instancePath,schemaPath:"#/allOf/1/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath,schemaPath:"#/allOf/1/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
}
if(!valid2){
const err8 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const _errs14 = errors;
let valid3 = true;
const _errs15 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
var _valid2 = _errs15 === errors;
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs17 = errors;
const _errs20 = errors;
let valid5 = false;
let passing0 = null;
const _errs21 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.id === undefined){
const err10 = {instancePath,schemaPath:"#/$defs/list/oneOf/0/required",keyword:"required",params:{missingProperty: "id"},message:"must have required property '"+"id"+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid3 = _errs21 === errors;
if(_valid3){
valid5 = true;
passing0 = 0;
}
const _errs22 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err11 = {instancePath,schemaPath:"#/$defs/list/oneOf/1/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
var _valid3 = _errs22 === errors;
if(_valid3 && valid5){
valid5 = false;
passing0 = [passing0, 1];
}
else {
if(_valid3){
valid5 = true;
passing0 = 1;
}
}
if(!valid5){
const err12 = {instancePath,schemaPath:"#/$defs/list/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
else {
errors = _errs20;
if(vErrors !== null){
if(_errs20){
vErrors.length = _errs20;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "id") || (key0 === "name")) || (key0 === "create")) || (key0 === "folder"))){
const err13 = {instancePath,schemaPath:"#/$defs/list/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if((!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))) && (typeof data0 !== "string")){
const err14 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/list/properties/id/type",keyword:"type",params:{type: schema128.properties.id.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
const _errs27 = errors;
let valid8 = true;
const _errs28 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err15 = {};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid4 = _errs28 === errors;
errors = _errs27;
if(vErrors !== null){
if(_errs27){
vErrors.length = _errs27;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs30 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err16 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/list/properties/id/allOf/0/then/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err17 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/list/properties/id/allOf/0/then/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
var _valid4 = _errs30 === errors;
valid8 = _valid4;
}
if(!valid8){
const err18 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/list/properties/id/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
const _errs33 = errors;
let valid9 = true;
const _errs34 = errors;
if(typeof data0 !== "string"){
const err19 = {};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid5 = _errs34 === errors;
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs36 = errors;
if(typeof data0 === "string"){
if(data0.length < 1){
const err20 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/list/properties/id/allOf/1/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/list/properties/id/allOf/1/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid5 = _errs36 === errors;
valid9 = _valid5;
}
if(!valid9){
const err22 = {instancePath:instancePath+"/id",schemaPath:"#/$defs/list/properties/id/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(data1.length < 1){
const err23 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/list/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/list/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.create !== undefined){
if(typeof data.create !== "boolean"){
const err25 = {instancePath:instancePath+"/create",schemaPath:"#/$defs/list/properties/create/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.folder !== undefined){
let data3 = data.folder;
if(typeof data3 === "string"){
if(data3.length < 1){
const err26 = {instancePath:instancePath+"/folder",schemaPath:"#/$defs/list/properties/folder/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/folder",schemaPath:"#/$defs/list/properties/folder/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.create !== undefined){
if(data.name === undefined){
const err28 = {instancePath,schemaPath:"#/$defs/list/dependentRequired",keyword:"dependentRequired",params:{property: "create",
    missingProperty: "name",
    depsCount: 1,
    deps: "name"},message:"must have property name when property create is present"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.folder !== undefined){
if(data.name === undefined){
const err29 = {instancePath,schemaPath:"#/$defs/list/dependentRequired",keyword:"dependentRequired",params:{property: "folder",
    missingProperty: "name",
    depsCount: 1,
    deps: "name"},message:"must have property name when property folder is present"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath,schemaPath:"#/$defs/list/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
var _valid2 = _errs17 === errors;
valid3 = _valid2;
if(valid3){
var props0 = true;
}
}
if(!valid3){
const err31 = {instancePath,schemaPath:"#/allOf/2/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
validate80.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate80.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema130 = {"type":"object","additionalProperties":false,"properties":{"column":{"type":"string","minLength":1},"sql":{"type":"string","minLength":1},"constant":{"type":["string","number","boolean"]},"type":{"enum":["text","number","date","boolean","choice","phone"]},"nulls":{"$ref":"#/$defs/nulls"},"createMissing":{"type":"boolean"},"choices":{"type":"array","items":{"type":"string","minLength":1},"minItems":1,"uniqueItems":true},"format":{"$ref":"#/$defs/dateFormat"},"decimal":{"$ref":"#/$defs/decimalMark"},"countryColumn":{"type":"string","minLength":1},"defaultCountry":{"type":"string","pattern":"^[A-Z]{2}$"},"as":{"enum":["text","sms"]}},"oneOf":[{"required":["column"]},{"required":["sql"]},{"required":["constant"]}]};
const pattern56 = new RegExp("^[A-Z]{2}$", "u");

function validate82(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate82.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.column === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "column"},message:"must have required property '"+"column"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sql === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "sql"},message:"must have required property '"+"sql"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.constant === undefined){
const err2 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "constant"},message:"must have required property '"+"constant"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
}
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema130.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.column !== undefined){
let data0 = data.column;
if(typeof data0 === "string"){
if(data0.length < 1){
const err5 = {instancePath:instancePath+"/column",schemaPath:"#/properties/column/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/column",schemaPath:"#/properties/column/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.sql !== undefined){
let data1 = data.sql;
if(typeof data1 === "string"){
if(data1.length < 1){
const err7 = {instancePath:instancePath+"/sql",schemaPath:"#/properties/sql/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/sql",schemaPath:"#/properties/sql/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.constant !== undefined){
let data2 = data.constant;
if(((typeof data2 !== "string") && (!((typeof data2 == "number") && (isFinite(data2))))) && (typeof data2 !== "boolean")){
const err9 = {instancePath:instancePath+"/constant",schemaPath:"#/properties/constant/type",keyword:"type",params:{type: schema130.properties.constant.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.type !== undefined){
let data3 = data.type;
if(!((((((data3 === "text") || (data3 === "number")) || (data3 === "date")) || (data3 === "boolean")) || (data3 === "choice")) || (data3 === "phone"))){
const err10 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/enum",keyword:"enum",params:{allowedValues: schema130.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.nulls !== undefined){
let data4 = data.nulls;
if(!((data4 === "leave") || (data4 === "clear"))){
const err11 = {instancePath:instancePath+"/nulls",schemaPath:"#/$defs/nulls/enum",keyword:"enum",params:{allowedValues: schema131.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.createMissing !== undefined){
if(typeof data.createMissing !== "boolean"){
const err12 = {instancePath:instancePath+"/createMissing",schemaPath:"#/properties/createMissing/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.choices !== undefined){
let data6 = data.choices;
if(Array.isArray(data6)){
if(data6.length < 1){
const err13 = {instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(data7.length < 1){
const err14 = {instancePath:instancePath+"/choices/" + i0,schemaPath:"#/properties/choices/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/choices/" + i0,schemaPath:"#/properties/choices/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
let i1 = data6.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data6[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err16 = {instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err17 = {instancePath:instancePath+"/choices",schemaPath:"#/properties/choices/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.format !== undefined){
let data8 = data.format;
if(typeof data8 === "string"){
if(!pattern49.test(data8)){
const err18 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/dateFormat/pattern",keyword:"pattern",params:{pattern: "^(?:%d[./ -]%m[./ -]%Y|%m[./ -]%d[./ -]%Y|%Y[./-]?%m[./-]?%d)(?: %H:%M(?::%S)?)?$"},message:"must match pattern \""+"^(?:%d[./ -]%m[./ -]%Y|%m[./ -]%d[./ -]%Y|%Y[./-]?%m[./-]?%d)(?: %H:%M(?::%S)?)?$"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/dateFormat/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.decimal !== undefined){
let data9 = data.decimal;
if(!((data9 === ",") || (data9 === "."))){
const err20 = {instancePath:instancePath+"/decimal",schemaPath:"#/$defs/decimalMark/enum",keyword:"enum",params:{allowedValues: schema111.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.countryColumn !== undefined){
let data10 = data.countryColumn;
if(typeof data10 === "string"){
if(data10.length < 1){
const err21 = {instancePath:instancePath+"/countryColumn",schemaPath:"#/properties/countryColumn/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/countryColumn",schemaPath:"#/properties/countryColumn/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.defaultCountry !== undefined){
let data11 = data.defaultCountry;
if(typeof data11 === "string"){
if(!pattern56.test(data11)){
const err23 = {instancePath:instancePath+"/defaultCountry",schemaPath:"#/properties/defaultCountry/pattern",keyword:"pattern",params:{pattern: "^[A-Z]{2}$"},message:"must match pattern \""+"^[A-Z]{2}$"+"\""};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/defaultCountry",schemaPath:"#/properties/defaultCountry/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.as !== undefined){
let data12 = data.as;
if(!((data12 === "text") || (data12 === "sms"))){
const err25 = {instancePath:instancePath+"/as",schemaPath:"#/properties/as/enum",keyword:"enum",params:{allowedValues: schema130.properties.as.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
validate82.errors = vErrors;
return errors === 0;
}
validate82.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema135 = {"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","const":"all"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/readBackSample"}}]};
const schema136 = {"type":"object","additionalProperties":false,"required":["sample"],"properties":{"sample":{"type":"integer","minimum":1}}};

function validate84(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate84.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema135.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data !== "string"){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if("all" !== data){
const err3 = {instancePath,schemaPath:"#/allOf/0/then/const",keyword:"const",params:{allowedValue: "all"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.sample === undefined){
const err6 = {instancePath,schemaPath:"#/$defs/readBackSample/required",keyword:"required",params:{missingProperty: "sample"},message:"must have required property '"+"sample"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "sample")){
const err7 = {instancePath,schemaPath:"#/$defs/readBackSample/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.sample !== undefined){
let data0 = data.sample;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err8 = {instancePath:instancePath+"/sample",schemaPath:"#/$defs/readBackSample/properties/sample/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err9 = {instancePath:instancePath+"/sample",schemaPath:"#/$defs/readBackSample/properties/sample/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/$defs/readBackSample/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
if(valid2){
var props0 = true;
}
}
if(!valid2){
const err11 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
validate84.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate84.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema137 = {"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","pattern":"^(manual|off)$"}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/schedule"}}]};
const pattern57 = new RegExp("^(manual|off)$", "u");

function validate86(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate86.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema137.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data === "string"){
if(!pattern57.test(data)){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/pattern",keyword:"pattern",params:{pattern: "^(manual|off)$"},message:"must match pattern \""+"^(manual|off)$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(!(validate77(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : appended(vErrors, validate77.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
if(valid2){
var props0 = true;
}
}
if(!valid2){
const err6 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate86.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate86.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema138 = {"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","enum":["skip","wait"]}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/staleWait"}}]};
const schema139 = {"type":"object","additionalProperties":false,"required":["wait"],"properties":{"wait":{"$ref":"#/$defs/duration"}}};

function validate90(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate90.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.wait === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "wait"},message:"must have required property '"+"wait"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(key0 === "wait")){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.wait !== undefined){
let data0 = data.wait;
if(typeof data0 === "string"){
if(!pattern6.test(data0)){
const err2 = {instancePath:instancePath+"/wait",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^[1-9][0-9]{0,5}[smhd]$"},message:"must match pattern \""+"^[1-9][0-9]{0,5}[smhd]$"+"\""};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/wait",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
validate90.errors = vErrors;
return errors === 0;
}
validate90.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate89.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema138.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data !== "string"){
const err2 = {instancePath,schemaPath:"#/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(!((data === "skip") || (data === "wait"))){
const err3 = {instancePath,schemaPath:"#/allOf/0/then/enum",keyword:"enum",params:{allowedValues: schema138.allOf[0].then.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err4 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err5 = {};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(!(validate90(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate90.errors : appended(vErrors, validate90.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
if(valid2){
var props0 = true;
}
}
if(!valid2){
const err6 = {instancePath,schemaPath:"#/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
validate89.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate89.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema142 = {"type":"object","additionalProperties":false,"properties":{"maxProfiles":{"type":"integer","minimum":1},"maxRemovals":{"$ref":"#/$defs/limit"},"maxWithdrawals":{"$ref":"#/$defs/limit"},"maxAdds":{"$ref":"#/$defs/limit"},"maxRejected":{"$ref":"#/$defs/limit"},"maxStrangerRemovals":{"$ref":"#/$defs/limit"},"minSourceRows":{"type":"integer","minimum":0},"allowEmpty":{"type":"boolean"}}};

function validate93(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate93.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "maxProfiles") || (key0 === "maxRemovals")) || (key0 === "maxWithdrawals")) || (key0 === "maxAdds")) || (key0 === "maxRejected")) || (key0 === "maxStrangerRemovals")) || (key0 === "minSourceRows")) || (key0 === "allowEmpty"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.maxProfiles !== undefined){
let data0 = data.maxProfiles;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/maxProfiles",schemaPath:"#/properties/maxProfiles/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 < 1 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/maxProfiles",schemaPath:"#/properties/maxProfiles/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
if(data.maxRemovals !== undefined){
let data1 = data.maxRemovals;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(Object.keys(data1).length < 1){
const err3 = {instancePath:instancePath+"/maxRemovals",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key1 in data1){
if(!((key1 === "count") || (key1 === "share"))){
const err4 = {instancePath:instancePath+"/maxRemovals",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data1.count !== undefined){
let data2 = data1.count;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err5 = {instancePath:instancePath+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
if(data1.share !== undefined){
let data3 = data1.share;
if(typeof data3 === "string"){
if(!pattern34.test(data3)){
const err7 = {instancePath:instancePath+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/maxRemovals",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.maxWithdrawals !== undefined){
let data4 = data.maxWithdrawals;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length < 1){
const err10 = {instancePath:instancePath+"/maxWithdrawals",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
for(const key2 in data4){
if(!((key2 === "count") || (key2 === "share"))){
const err11 = {instancePath:instancePath+"/maxWithdrawals",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data4.count !== undefined){
let data5 = data4.count;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err12 = {instancePath:instancePath+"/maxWithdrawals/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 < 0 || isNaN(data5)){
const err13 = {instancePath:instancePath+"/maxWithdrawals/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data4.share !== undefined){
let data6 = data4.share;
if(typeof data6 === "string"){
if(!pattern34.test(data6)){
const err14 = {instancePath:instancePath+"/maxWithdrawals/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/maxWithdrawals/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/maxWithdrawals",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.maxAdds !== undefined){
let data7 = data.maxAdds;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length < 1){
const err17 = {instancePath:instancePath+"/maxAdds",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
for(const key3 in data7){
if(!((key3 === "count") || (key3 === "share"))){
const err18 = {instancePath:instancePath+"/maxAdds",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data7.count !== undefined){
let data8 = data7.count;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err19 = {instancePath:instancePath+"/maxAdds/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
const err20 = {instancePath:instancePath+"/maxAdds/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
if(data7.share !== undefined){
let data9 = data7.share;
if(typeof data9 === "string"){
if(!pattern34.test(data9)){
const err21 = {instancePath:instancePath+"/maxAdds/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/maxAdds/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/maxAdds",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.maxRejected !== undefined){
let data10 = data.maxRejected;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(Object.keys(data10).length < 1){
const err24 = {instancePath:instancePath+"/maxRejected",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
for(const key4 in data10){
if(!((key4 === "count") || (key4 === "share"))){
const err25 = {instancePath:instancePath+"/maxRejected",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data10.count !== undefined){
let data11 = data10.count;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err26 = {instancePath:instancePath+"/maxRejected/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 < 0 || isNaN(data11)){
const err27 = {instancePath:instancePath+"/maxRejected/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
if(data10.share !== undefined){
let data12 = data10.share;
if(typeof data12 === "string"){
if(!pattern34.test(data12)){
const err28 = {instancePath:instancePath+"/maxRejected/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/maxRejected/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/maxRejected",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.maxStrangerRemovals !== undefined){
let data13 = data.maxStrangerRemovals;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(Object.keys(data13).length < 1){
const err31 = {instancePath:instancePath+"/maxStrangerRemovals",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key5 in data13){
if(!((key5 === "count") || (key5 === "share"))){
const err32 = {instancePath:instancePath+"/maxStrangerRemovals",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data13.count !== undefined){
let data14 = data13.count;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err33 = {instancePath:instancePath+"/maxStrangerRemovals/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 < 0 || isNaN(data14)){
const err34 = {instancePath:instancePath+"/maxStrangerRemovals/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
if(data13.share !== undefined){
let data15 = data13.share;
if(typeof data15 === "string"){
if(!pattern34.test(data15)){
const err35 = {instancePath:instancePath+"/maxStrangerRemovals/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/maxStrangerRemovals/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/maxStrangerRemovals",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.minSourceRows !== undefined){
let data16 = data.minSourceRows;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err38 = {instancePath:instancePath+"/minSourceRows",schemaPath:"#/properties/minSourceRows/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 < 0 || isNaN(data16)){
const err39 = {instancePath:instancePath+"/minSourceRows",schemaPath:"#/properties/minSourceRows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
if(data.allowEmpty !== undefined){
if(typeof data.allowEmpty !== "boolean"){
const err40 = {instancePath:instancePath+"/allowEmpty",schemaPath:"#/properties/allowEmpty/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
validate93.errors = vErrors;
return errors === 0;
}
validate93.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern54 = new RegExp("^\\S(.{0,98}\\S)?$", "u");

function validate79(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate79.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.connection === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "connection"},message:"must have required property '"+"connection"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.list === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "list"},message:"must have required property '"+"list"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.segments === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "segments"},message:"must have required property '"+"segments"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.match === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "match"},message:"must have required property '"+"match"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema125.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.displayName !== undefined){
let data0 = data.displayName;
if(typeof data0 === "string"){
if(data0.length < 1){
const err5 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.connection !== undefined){
let data1 = data.connection;
if((typeof data1 !== "string") && (data1 !== null)){
const err7 = {instancePath:instancePath+"/connection",schemaPath:"#/properties/connection/type",keyword:"type",params:{type: schema125.properties.connection.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.whenDisconnected !== undefined){
let data2 = data.whenDisconnected;
if(!((data2 === "error") || (data2 === "detach"))){
const err8 = {instancePath:instancePath+"/whenDisconnected",schemaPath:"#/properties/whenDisconnected/enum",keyword:"enum",params:{allowedValues: schema125.properties.whenDisconnected.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.list !== undefined){
if(!(validate80(data.list, {instancePath:instancePath+"/list",parentData:data,parentDataProperty:"list",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : appended(vErrors, validate80.errors);
errors = vErrors.length;
}
}
if(data.segments !== undefined){
let data4 = data.segments;
if(Array.isArray(data4)){
if(data4.length < 1){
const err9 = {instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(typeof data4[i0] !== "string"){
const err10 = {instancePath:instancePath+"/segments/" + i0,schemaPath:"#/properties/segments/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
let i1 = data4.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data4[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err11 = {instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err12 = {instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.match !== undefined){
let data6 = data.match;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.email === undefined){
const err13 = {instancePath:instancePath+"/match",schemaPath:"#/properties/match/required",keyword:"required",params:{missingProperty: "email"},message:"must have required property '"+"email"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
for(const key1 in data6){
if(!((key1 === "email") || (key1 === "id"))){
const err14 = {instancePath:instancePath+"/match",schemaPath:"#/properties/match/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data6.email !== undefined){
let data7 = data6.email;
if(typeof data7 === "string"){
if(data7.length < 1){
const err15 = {instancePath:instancePath+"/match/email",schemaPath:"#/properties/match/properties/email/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/match/email",schemaPath:"#/properties/match/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data6.id !== undefined){
let data8 = data6.id;
if(typeof data8 === "string"){
if(data8.length < 1){
const err17 = {instancePath:instancePath+"/match/id",schemaPath:"#/properties/match/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/match/id",schemaPath:"#/properties/match/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/match",schemaPath:"#/properties/match/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.consent !== undefined){
let data9 = data.consent;
const _errs21 = errors;
let valid6 = false;
let passing0 = null;
const _errs22 = errors;
if(typeof data9 === "string"){
if(data9.length < 1){
const err20 = {instancePath:instancePath+"/consent",schemaPath:"#/properties/consent/oneOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/consent",schemaPath:"#/properties/consent/oneOf/0/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid0 = _errs22 === errors;
if(_valid0){
valid6 = true;
passing0 = 0;
}
const _errs24 = errors;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.column === undefined){
const err22 = {instancePath:instancePath+"/consent",schemaPath:"#/$defs/consentValues/required",keyword:"required",params:{missingProperty: "column"},message:"must have required property '"+"column"+"'"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(data9.is === undefined){
const err23 = {instancePath:instancePath+"/consent",schemaPath:"#/$defs/consentValues/required",keyword:"required",params:{missingProperty: "is"},message:"must have required property '"+"is"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
for(const key2 in data9){
if(!((key2 === "column") || (key2 === "is"))){
const err24 = {instancePath:instancePath+"/consent",schemaPath:"#/$defs/consentValues/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data9.column !== undefined){
let data10 = data9.column;
if(typeof data10 === "string"){
if(data10.length < 1){
const err25 = {instancePath:instancePath+"/consent/column",schemaPath:"#/$defs/consentValues/properties/column/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/consent/column",schemaPath:"#/$defs/consentValues/properties/column/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data9.is !== undefined){
let data11 = data9.is;
if(Array.isArray(data11)){
if(data11.length < 1){
const err27 = {instancePath:instancePath+"/consent/is",schemaPath:"#/$defs/consentValues/properties/is/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
const len1 = data11.length;
for(let i2=0; i2<len1; i2++){
let data12 = data11[i2];
if(((typeof data12 !== "string") && (!((typeof data12 == "number") && (isFinite(data12))))) && (typeof data12 !== "boolean")){
const err28 = {instancePath:instancePath+"/consent/is/" + i2,schemaPath:"#/$defs/consentValues/properties/is/items/type",keyword:"type",params:{type: schema129.properties.is.items.type},message:"must be string,number,boolean"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(typeof data12 === "string"){
if(data12.length < 1){
const err29 = {instancePath:instancePath+"/consent/is/" + i2,schemaPath:"#/$defs/consentValues/properties/is/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
let i3 = data11.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data11[i3];
if(((typeof item1 !== "string") && (!((typeof item1 == "number") && (isFinite(item1))))) && (typeof item1 !== "boolean")){
continue;
}
if(typeof item1 == "string"){
item1 += "_";
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err30 = {instancePath:instancePath+"/consent/is",schemaPath:"#/$defs/consentValues/properties/is/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err31 = {instancePath:instancePath+"/consent/is",schemaPath:"#/$defs/consentValues/properties/is/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/consent",schemaPath:"#/$defs/consentValues/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
var _valid0 = _errs24 === errors;
if(_valid0 && valid6){
valid6 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid6 = true;
passing0 = 1;
}
}
if(!valid6){
const err33 = {instancePath:instancePath+"/consent",schemaPath:"#/properties/consent/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
else {
errors = _errs21;
if(vErrors !== null){
if(_errs21){
vErrors.length = _errs21;
}
else {
vErrors = null;
}
}
}
}
if(data.mode !== undefined){
let data13 = data.mode;
if(!(((data13 === "add-only") || (data13 === "upsert")) || (data13 === "mirror"))){
const err34 = {instancePath:instancePath+"/mode",schemaPath:"#/properties/mode/enum",keyword:"enum",params:{allowedValues: schema125.properties.mode.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.attributes !== undefined){
let data14 = data.attributes;
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key3 in data14){
const _errs37 = errors;
if(typeof key3 === "string"){
if(!pattern54.test(key3)){
const err35 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/propertyNames/pattern",keyword:"pattern",params:{pattern: "^\\S(.{0,98}\\S)?$"},message:"must match pattern \""+"^\\S(.{0,98}\\S)?$"+"\"",propertyName:key3};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key3};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
var valid12 = _errs37 === errors;
if(!valid12){
const err37 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
for(const key4 in data14){
let data15 = data14[key4];
if((typeof data15 !== "string") && (!(data15 && typeof data15 == "object" && !Array.isArray(data15)))){
const err38 = {instancePath:instancePath+"/attributes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/type",keyword:"type",params:{type: schema125.properties.attributes.additionalProperties.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
const _errs43 = errors;
let valid15 = true;
const _errs44 = errors;
if(typeof data15 !== "string"){
const err39 = {};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
var _valid1 = _errs44 === errors;
errors = _errs43;
if(vErrors !== null){
if(_errs43){
vErrors.length = _errs43;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs46 = errors;
if(typeof data15 === "string"){
if(data15.length < 1){
const err40 = {instancePath:instancePath+"/attributes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/allOf/0/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/attributes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
var _valid1 = _errs46 === errors;
valid15 = _valid1;
}
if(!valid15){
const err42 = {instancePath:instancePath+"/attributes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
const _errs49 = errors;
let valid16 = true;
const _errs50 = errors;
if(!(data15 && typeof data15 == "object" && !Array.isArray(data15))){
const err43 = {};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
var _valid2 = _errs50 === errors;
errors = _errs49;
if(vErrors !== null){
if(_errs49){
vErrors.length = _errs49;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs52 = errors;
if(!(validate82(data15, {instancePath:instancePath+"/attributes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data14,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate82.errors : appended(vErrors, validate82.errors);
errors = vErrors.length;
}
var _valid2 = _errs52 === errors;
valid16 = _valid2;
}
if(!valid16){
const err44 = {instancePath:instancePath+"/attributes/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/attributes/additionalProperties/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/attributes",schemaPath:"#/properties/attributes/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data.createMissing !== undefined){
if(typeof data.createMissing !== "boolean"){
const err46 = {instancePath:instancePath+"/createMissing",schemaPath:"#/properties/createMissing/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.nulls !== undefined){
let data17 = data.nulls;
if(!((data17 === "leave") || (data17 === "clear"))){
const err47 = {instancePath:instancePath+"/nulls",schemaPath:"#/$defs/nulls/enum",keyword:"enum",params:{allowedValues: schema131.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.readBack !== undefined){
if(!(validate84(data.readBack, {instancePath:instancePath+"/readBack",parentData:data,parentDataProperty:"readBack",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : appended(vErrors, validate84.errors);
errors = vErrors.length;
}
}
if(data.schedule !== undefined){
if(!(validate86(data.schedule, {instancePath:instancePath+"/schedule",parentData:data,parentDataProperty:"schedule",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : appended(vErrors, validate86.errors);
errors = vErrors.length;
}
}
if(data.whenStale !== undefined){
if(!(validate89(data.whenStale, {instancePath:instancePath+"/whenStale",parentData:data,parentDataProperty:"whenStale",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : appended(vErrors, validate89.errors);
errors = vErrors.length;
}
}
if(data.drift !== undefined){
let data21 = data.drift;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(Object.keys(data21).length < 1){
const err48 = {instancePath:instancePath+"/drift",schemaPath:"#/$defs/drift/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
for(const key5 in data21){
if(!((key5 === "removed") || (key5 === "values"))){
const err49 = {instancePath:instancePath+"/drift",schemaPath:"#/$defs/drift/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data21.removed !== undefined){
let data22 = data21.removed;
if(!((data22 === "respect") || (data22 === "restore"))){
const err50 = {instancePath:instancePath+"/drift/removed",schemaPath:"#/$defs/drift/properties/removed/enum",keyword:"enum",params:{allowedValues: schema141.properties.removed.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data21.values !== undefined){
let data23 = data21.values;
if(!((data23 === "restore") || (data23 === "keep"))){
const err51 = {instancePath:instancePath+"/drift/values",schemaPath:"#/$defs/drift/properties/values/enum",keyword:"enum",params:{allowedValues: schema141.properties.values.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/drift",schemaPath:"#/$defs/drift/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data.strangers !== undefined){
let data24 = data.strangers;
if(!(((data24 === "report") || (data24 === "adopt")) || (data24 === "remove"))){
const err53 = {instancePath:instancePath+"/strangers",schemaPath:"#/properties/strangers/enum",keyword:"enum",params:{allowedValues: schema125.properties.strangers.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data.safeguards !== undefined){
if(!(validate93(data.safeguards, {instancePath:instancePath+"/safeguards",parentData:data,parentDataProperty:"safeguards",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate93.errors : appended(vErrors, validate93.errors);
errors = vErrors.length;
}
}
if(data.protect !== undefined){
if(typeof data.protect !== "boolean"){
const err54 = {instancePath:instancePath+"/protect",schemaPath:"#/$defs/protect/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
validate79.errors = vErrors;
return errors === 0;
}
validate79.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema154 = {"type":"object","required":["type"],"discriminator":{"propertyName":"type"},"oneOf":[{"$ref":"#/$defs/slackNotifier"},{"$ref":"#/$defs/webhookNotifier"},{"$ref":"#/$defs/smtpNotifier"}]};
const schema155 = {"type":"object","additionalProperties":false,"required":["type","url"],"properties":{"type":{"const":"slack"},"on":{"$ref":"#/$defs/noticeEvents"},"exports":{"$ref":"#/$defs/noticeExports"},"url":{"$ref":"#/$defs/secret"}}};
const schema156 = {"type":"array","items":{"type":"string","enum":["failure","refusal","drift","recovery"]},"minItems":1,"uniqueItems":true};
const schema157 = {"type":"array","items":{"type":"string"},"minItems":1,"uniqueItems":true};

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate97.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data){
if(!((((key0 === "type") || (key0 === "on")) || (key0 === "exports")) || (key0 === "url"))){
const err2 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.type !== undefined){
if("slack" !== data.type){
const err3 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "slack"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.on !== undefined){
let data1 = data.on;
if(Array.isArray(data1)){
if(data1.length < 1){
const err4 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err5 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/noticeEvents/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(!((((data2 === "failure") || (data2 === "refusal")) || (data2 === "drift")) || (data2 === "recovery"))){
const err6 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/noticeEvents/items/enum",keyword:"enum",params:{allowedValues: schema156.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err7 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err8 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.exports !== undefined){
let data3 = data.exports;
if(Array.isArray(data3)){
if(data3.length < 1){
const err9 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const len1 = data3.length;
for(let i2=0; i2<len1; i2++){
if(typeof data3[i2] !== "string"){
const err10 = {instancePath:instancePath+"/exports/" + i2,schemaPath:"#/$defs/noticeExports/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
let i3 = data3.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data3[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err11 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err12 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.url !== undefined){
let data5 = data.url;
const _errs16 = errors;
let valid10 = false;
let passing0 = null;
const _errs17 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.env === undefined){
const err13 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
var _valid0 = _errs17 === errors;
if(_valid0){
valid10 = true;
passing0 = 0;
}
const _errs18 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.file === undefined){
const err14 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
var _valid0 = _errs18 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid10 = true;
passing0 = 1;
}
const _errs19 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.command === undefined){
const err15 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
var _valid0 = _errs19 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid10 = true;
passing0 = 2;
}
}
}
if(!valid10){
const err16 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
else {
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
}
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
if(!(((key1 === "env") || (key1 === "file")) || (key1 === "command"))){
const err17 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data5.env !== undefined){
let data6 = data5.env;
if(typeof data6 === "string"){
if(!pattern4.test(data6)){
const err18 = {instancePath:instancePath+"/url/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/url/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data5.file !== undefined){
let data7 = data5.file;
if(typeof data7 === "string"){
if(data7.length < 1){
const err20 = {instancePath:instancePath+"/url/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/url/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data5.command !== undefined){
let data8 = data5.command;
if(Array.isArray(data8)){
if(data8.length < 1){
const err22 = {instancePath:instancePath+"/url/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
const len2 = data8.length;
for(let i4=0; i4<len2; i4++){
let data9 = data8[i4];
if(typeof data9 === "string"){
if(data9.length < 1){
const err23 = {instancePath:instancePath+"/url/command/" + i4,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/url/command/" + i4,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/url/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
validate97.errors = vErrors;
return errors === 0;
}
validate97.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema159 = {"type":"object","additionalProperties":false,"required":["type","url","signingSecret"],"properties":{"type":{"const":"webhook"},"on":{"$ref":"#/$defs/noticeEvents"},"exports":{"$ref":"#/$defs/noticeExports"},"url":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","minLength":1}},{"if":{"type":"object"},"then":{"$ref":"#/$defs/secret"}}]},"signingSecret":{"$ref":"#/$defs/secret"}}};

function validate98(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate98.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.signingSecret === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "signingSecret"},message:"must have required property '"+"signingSecret"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "on")) || (key0 === "exports")) || (key0 === "url")) || (key0 === "signingSecret"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.type !== undefined){
if("webhook" !== data.type){
const err4 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "webhook"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.on !== undefined){
let data1 = data.on;
if(Array.isArray(data1)){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/noticeEvents/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(!((((data2 === "failure") || (data2 === "refusal")) || (data2 === "drift")) || (data2 === "recovery"))){
const err7 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/noticeEvents/items/enum",keyword:"enum",params:{allowedValues: schema156.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err8 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err9 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.exports !== undefined){
let data3 = data.exports;
if(Array.isArray(data3)){
if(data3.length < 1){
const err10 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
const len1 = data3.length;
for(let i2=0; i2<len1; i2++){
if(typeof data3[i2] !== "string"){
const err11 = {instancePath:instancePath+"/exports/" + i2,schemaPath:"#/$defs/noticeExports/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
let i3 = data3.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data3[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err12 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err13 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.url !== undefined){
let data5 = data.url;
if((typeof data5 !== "string") && (!(data5 && typeof data5 == "object" && !Array.isArray(data5)))){
const err14 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/type",keyword:"type",params:{type: schema159.properties.url.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
const _errs16 = errors;
let valid10 = true;
const _errs17 = errors;
if(typeof data5 !== "string"){
const err15 = {};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid0 = _errs17 === errors;
errors = _errs16;
if(vErrors !== null){
if(_errs16){
vErrors.length = _errs16;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs19 = errors;
if(typeof data5 === "string"){
if(data5.length < 1){
const err16 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/allOf/0/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var _valid0 = _errs19 === errors;
valid10 = _valid0;
}
if(!valid10){
const err18 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
const _errs22 = errors;
let valid11 = true;
const _errs23 = errors;
if(!(data5 && typeof data5 == "object" && !Array.isArray(data5))){
const err19 = {};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
var _valid1 = _errs23 === errors;
errors = _errs22;
if(vErrors !== null){
if(_errs22){
vErrors.length = _errs22;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs25 = errors;
const _errs28 = errors;
let valid13 = false;
let passing0 = null;
const _errs29 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.env === undefined){
const err20 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
var _valid2 = _errs29 === errors;
if(_valid2){
valid13 = true;
passing0 = 0;
}
const _errs30 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.file === undefined){
const err21 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
var _valid2 = _errs30 === errors;
if(_valid2 && valid13){
valid13 = false;
passing0 = [passing0, 1];
}
else {
if(_valid2){
valid13 = true;
passing0 = 1;
}
const _errs31 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.command === undefined){
const err22 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
var _valid2 = _errs31 === errors;
if(_valid2 && valid13){
valid13 = false;
passing0 = [passing0, 2];
}
else {
if(_valid2){
valid13 = true;
passing0 = 2;
}
}
}
if(!valid13){
const err23 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
else {
errors = _errs28;
if(vErrors !== null){
if(_errs28){
vErrors.length = _errs28;
}
else {
vErrors = null;
}
}
}
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
if(!(((key1 === "env") || (key1 === "file")) || (key1 === "command"))){
const err24 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data5.env !== undefined){
let data6 = data5.env;
if(typeof data6 === "string"){
if(!pattern4.test(data6)){
const err25 = {instancePath:instancePath+"/url/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/url/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data5.file !== undefined){
let data7 = data5.file;
if(typeof data7 === "string"){
if(data7.length < 1){
const err27 = {instancePath:instancePath+"/url/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
else {
const err28 = {instancePath:instancePath+"/url/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data5.command !== undefined){
let data8 = data5.command;
if(Array.isArray(data8)){
if(data8.length < 1){
const err29 = {instancePath:instancePath+"/url/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
const len2 = data8.length;
for(let i4=0; i4<len2; i4++){
let data9 = data8[i4];
if(typeof data9 === "string"){
if(data9.length < 1){
const err30 = {instancePath:instancePath+"/url/command/" + i4,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/url/command/" + i4,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/url/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/url",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
var _valid1 = _errs25 === errors;
valid11 = _valid1;
}
if(!valid11){
const err34 = {instancePath:instancePath+"/url",schemaPath:"#/properties/url/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.signingSecret !== undefined){
let data10 = data.signingSecret;
const _errs44 = errors;
let valid18 = false;
let passing1 = null;
const _errs45 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.env === undefined){
const err35 = {instancePath:instancePath+"/signingSecret",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
var _valid3 = _errs45 === errors;
if(_valid3){
valid18 = true;
passing1 = 0;
}
const _errs46 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.file === undefined){
const err36 = {instancePath:instancePath+"/signingSecret",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
var _valid3 = _errs46 === errors;
if(_valid3 && valid18){
valid18 = false;
passing1 = [passing1, 1];
}
else {
if(_valid3){
valid18 = true;
passing1 = 1;
}
const _errs47 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.command === undefined){
const err37 = {instancePath:instancePath+"/signingSecret",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
var _valid3 = _errs47 === errors;
if(_valid3 && valid18){
valid18 = false;
passing1 = [passing1, 2];
}
else {
if(_valid3){
valid18 = true;
passing1 = 2;
}
}
}
if(!valid18){
const err38 = {instancePath:instancePath+"/signingSecret",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
else {
errors = _errs44;
if(vErrors !== null){
if(_errs44){
vErrors.length = _errs44;
}
else {
vErrors = null;
}
}
}
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key2 in data10){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err39 = {instancePath:instancePath+"/signingSecret",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data10.env !== undefined){
let data11 = data10.env;
if(typeof data11 === "string"){
if(!pattern4.test(data11)){
const err40 = {instancePath:instancePath+"/signingSecret/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/signingSecret/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data10.file !== undefined){
let data12 = data10.file;
if(typeof data12 === "string"){
if(data12.length < 1){
const err42 = {instancePath:instancePath+"/signingSecret/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/signingSecret/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data10.command !== undefined){
let data13 = data10.command;
if(Array.isArray(data13)){
if(data13.length < 1){
const err44 = {instancePath:instancePath+"/signingSecret/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
const len3 = data13.length;
for(let i5=0; i5<len3; i5++){
let data14 = data13[i5];
if(typeof data14 === "string"){
if(data14.length < 1){
const err45 = {instancePath:instancePath+"/signingSecret/command/" + i5,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/signingSecret/command/" + i5,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/signingSecret/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/signingSecret",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
else {
const err49 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
validate98.errors = vErrors;
return errors === 0;
}
validate98.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema164 = {"type":"object","additionalProperties":false,"required":["type","host","from","to"],"dependentRequired":{"user":["password"],"password":["user"]},"properties":{"type":{"const":"smtp"},"on":{"$ref":"#/$defs/noticeEvents"},"exports":{"$ref":"#/$defs/noticeExports"},"host":{"type":"string","pattern":"^[A-Za-z0-9.:-]+$"},"port":{"type":"integer","minimum":1,"maximum":65535},"security":{"enum":["starttls","tls","none"]},"user":{"type":"string","minLength":1},"password":{"$ref":"#/$defs/secret"},"from":{"type":"string","pattern":"^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"},"to":{"type":"array","items":{"type":"string","pattern":"^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"},"minItems":1,"uniqueItems":true}}};
const pattern70 = new RegExp("^[A-Za-z0-9.:-]+$", "u");
const pattern72 = new RegExp("^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$", "u");

function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate99.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.host === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "host"},message:"must have required property '"+"host"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.from === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.to === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema164.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.type !== undefined){
if("smtp" !== data.type){
const err5 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "smtp"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.on !== undefined){
let data1 = data.on;
if(Array.isArray(data1)){
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/noticeEvents/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(!((((data2 === "failure") || (data2 === "refusal")) || (data2 === "drift")) || (data2 === "recovery"))){
const err8 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/noticeEvents/items/enum",keyword:"enum",params:{allowedValues: schema156.items.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
let i1 = data1.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data1[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err9 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/uniqueItems",keyword:"uniqueItems",params:{i: i1, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i1+" are identical)"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
break;
}
indices0[item0] = i1;
}
}
}
else {
const err10 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/noticeEvents/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.exports !== undefined){
let data3 = data.exports;
if(Array.isArray(data3)){
if(data3.length < 1){
const err11 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
const len1 = data3.length;
for(let i2=0; i2<len1; i2++){
if(typeof data3[i2] !== "string"){
const err12 = {instancePath:instancePath+"/exports/" + i2,schemaPath:"#/$defs/noticeExports/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
let i3 = data3.length;
let j1;
if(i3 > 1){
const indices1 = {};
for(;i3--;){
let item1 = data3[i3];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err13 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
break;
}
indices1[item1] = i3;
}
}
}
else {
const err14 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/noticeExports/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.host !== undefined){
let data5 = data.host;
if(typeof data5 === "string"){
if(!pattern70.test(data5)){
const err15 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9.:-]+$"},message:"must match pattern \""+"^[A-Za-z0-9.:-]+$"+"\""};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/host",schemaPath:"#/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.port !== undefined){
let data6 = data.port;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err17 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 65535 || isNaN(data6)){
const err18 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err19 = {instancePath:instancePath+"/port",schemaPath:"#/properties/port/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
if(data.security !== undefined){
let data7 = data.security;
if(!(((data7 === "starttls") || (data7 === "tls")) || (data7 === "none"))){
const err20 = {instancePath:instancePath+"/security",schemaPath:"#/properties/security/enum",keyword:"enum",params:{allowedValues: schema164.properties.security.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.user !== undefined){
let data8 = data.user;
if(typeof data8 === "string"){
if(data8.length < 1){
const err21 = {instancePath:instancePath+"/user",schemaPath:"#/properties/user/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/user",schemaPath:"#/properties/user/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.password !== undefined){
let data9 = data.password;
const _errs23 = errors;
let valid10 = false;
let passing0 = null;
const _errs24 = errors;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.env === undefined){
const err23 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
var _valid0 = _errs24 === errors;
if(_valid0){
valid10 = true;
passing0 = 0;
}
const _errs25 = errors;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.file === undefined){
const err24 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
var _valid0 = _errs25 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid10 = true;
passing0 = 1;
}
const _errs26 = errors;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
if(data9.command === undefined){
const err25 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
var _valid0 = _errs26 === errors;
if(_valid0 && valid10){
valid10 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid10 = true;
passing0 = 2;
}
}
}
if(!valid10){
const err26 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
else {
errors = _errs23;
if(vErrors !== null){
if(_errs23){
vErrors.length = _errs23;
}
else {
vErrors = null;
}
}
}
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key1 in data9){
if(!(((key1 === "env") || (key1 === "file")) || (key1 === "command"))){
const err27 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data9.env !== undefined){
let data10 = data9.env;
if(typeof data10 === "string"){
if(!pattern4.test(data10)){
const err28 = {instancePath:instancePath+"/password/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/password/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data9.file !== undefined){
let data11 = data9.file;
if(typeof data11 === "string"){
if(data11.length < 1){
const err30 = {instancePath:instancePath+"/password/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/password/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data9.command !== undefined){
let data12 = data9.command;
if(Array.isArray(data12)){
if(data12.length < 1){
const err32 = {instancePath:instancePath+"/password/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
const len2 = data12.length;
for(let i4=0; i4<len2; i4++){
let data13 = data12[i4];
if(typeof data13 === "string"){
if(data13.length < 1){
const err33 = {instancePath:instancePath+"/password/command/" + i4,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
else {
const err34 = {instancePath:instancePath+"/password/command/" + i4,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/password/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/password",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.from !== undefined){
let data14 = data.from;
if(typeof data14 === "string"){
if(!pattern72.test(data14)){
const err37 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/pattern",keyword:"pattern",params:{pattern: "^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"},message:"must match pattern \""+"^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"+"\""};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/from",schemaPath:"#/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.to !== undefined){
let data15 = data.to;
if(Array.isArray(data15)){
if(data15.length < 1){
const err39 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
const len3 = data15.length;
for(let i5=0; i5<len3; i5++){
let data16 = data15[i5];
if(typeof data16 === "string"){
if(!pattern72.test(data16)){
const err40 = {instancePath:instancePath+"/to/" + i5,schemaPath:"#/properties/to/items/pattern",keyword:"pattern",params:{pattern: "^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"},message:"must match pattern \""+"^[^\\s@<>()\\[\\],;:\"\\\\]+@[^\\s@<>()\\[\\],;:\"\\\\]+$"+"\""};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/to/" + i5,schemaPath:"#/properties/to/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
let i6 = data15.length;
let j2;
if(i6 > 1){
const indices2 = {};
for(;i6--;){
let item2 = data15[i6];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err42 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/uniqueItems",keyword:"uniqueItems",params:{i: i6, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i6+" are identical)"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
break;
}
indices2[item2] = i6;
}
}
}
else {
const err43 = {instancePath:instancePath+"/to",schemaPath:"#/properties/to/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data.user !== undefined){
if(data.password === undefined){
const err44 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "user",
    missingProperty: "password",
    depsCount: 1,
    deps: "password"},message:"must have property password when property user is present"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.password !== undefined){
if(data.user === undefined){
const err45 = {instancePath,schemaPath:"#/dependentRequired",keyword:"dependentRequired",params:{property: "password",
    missingProperty: "user",
    depsCount: 1,
    deps: "user"},message:"must have property user when property password is present"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
validate99.errors = vErrors;
return errors === 0;
}
validate99.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate96(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate96.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.type === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const tag0 = data.type;
if(typeof tag0 == "string"){
if(tag0 === "slack"){
if(!(validate97(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : appended(vErrors, validate97.errors);
errors = vErrors.length;
}
var props0 = true;
}
else if(tag0 === "webhook"){
if(!(validate98(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate98.errors : appended(vErrors, validate98.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "smtp"){
if(!(validate99(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : appended(vErrors, validate99.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
const err1 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "mapping", tag: "type", tagValue: tag0},message:"value of tag \"type\" must be in oneOf"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/discriminator",keyword:"discriminator",params:{error: "tag", tag: "type", tagValue: tag0},message:"tag \"type\" must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate96.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate96.evaluated = {"dynamicProps":true,"dynamicItems":false};

const schema169 = {"type":"object","additionalProperties":false,"properties":{"state":{"type":"object","additionalProperties":true},"forget":{"type":"object","additionalProperties":false,"required":["key"],"properties":{"key":{"$ref":"#/$defs/secret"}}},"sql":{"$ref":"#/$defs/sql"},"schedule":{"$ref":"#/$defs/schedule"},"connections":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/connectionOverlay"}},"sources":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/sourceOverlay"}},"exports":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/exportOverlay"}},"notifiers":{"type":"object","propertyNames":{"$ref":"#/$defs/name"},"additionalProperties":{"$ref":"#/$defs/notifierOverlay"}},"moved":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{"from":{"type":"string","minLength":1},"to":{"type":"string","minLength":1},"export":{"type":"string","minLength":1},"fromList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"toList":{"type":["integer","string"],"allOf":[{"if":{"type":"integer"},"then":{"type":"integer","minimum":1}},{"if":{"type":"string"},"then":{"type":"string","minLength":1}}]},"oldMembers":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}},"oneOf":[{"required":["from"]},{"required":["export"]}],"dependentRequired":{"from":["to"],"to":["from"],"export":["fromList","toList","oldMembers"],"fromList":["export"],"toList":["export"],"oldMembers":["export"],"maxRemovals":["export"]}}},"removed":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["export","members"],"properties":{"export":{"type":"string","minLength":1},"members":{"$ref":"#/$defs/members"},"maxRemovals":{"$ref":"#/$defs/limit"}}}}}};
const schema172 = {"type":"object","additionalProperties":true};
const schema183 = {"type":"object","additionalProperties":true};
const schema174 = {"type":"object","additionalProperties":false,"properties":{"path":{"$ref":"#/$defs/paths"},"minimumRows":{"$ref":"#/$defs/minimumRows"},"maxAge":{"$ref":"#/$defs/maxAge"}}};

function validate107(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate107.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "path") || (key0 === "minimumRows")) || (key0 === "maxAge"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.path !== undefined){
let data0 = data.path;
if((typeof data0 !== "string") && (!(Array.isArray(data0)))){
const err1 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/type",keyword:"type",params:{type: schema105.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
const _errs6 = errors;
let valid3 = true;
const _errs7 = errors;
if(typeof data0 !== "string"){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs9 = errors;
if(typeof data0 === "string"){
if(data0.length < 1){
const err3 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/0/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid0 = _errs9 === errors;
valid3 = _valid0;
}
if(!valid3){
const err5 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
const _errs12 = errors;
let valid4 = true;
const _errs13 = errors;
if(!(Array.isArray(data0))){
const err6 = {};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
var _valid1 = _errs13 === errors;
errors = _errs12;
if(vErrors !== null){
if(_errs12){
vErrors.length = _errs12;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs15 = errors;
if(Array.isArray(data0)){
if(data0.length < 1){
const err7 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/1/then/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(data1.length < 1){
const err8 = {instancePath:instancePath+"/path/" + i0,schemaPath:"#/$defs/paths/allOf/1/then/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/path/" + i0,schemaPath:"#/$defs/paths/allOf/1/then/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/1/then/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid1 = _errs15 === errors;
valid4 = _valid1;
}
if(!valid4){
const err11 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/paths/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.minimumRows !== undefined){
let data2 = data.minimumRows;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err12 = {instancePath:instancePath+"/minimumRows",schemaPath:"#/$defs/minimumRows/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 < 0 || isNaN(data2)){
const err13 = {instancePath:instancePath+"/minimumRows",schemaPath:"#/$defs/minimumRows/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
if(data.maxAge !== undefined){
if(!(validate67(data.maxAge, {instancePath:instancePath+"/maxAge",parentData:data,parentDataProperty:"maxAge",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : appended(vErrors, validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
validate107.errors = vErrors;
return errors === 0;
}
validate107.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema178 = {"type":"object","additionalProperties":false,"properties":{"enabled":{"type":"boolean"},"displayName":{"$ref":"#/$defs/displayName"},"list":{"$ref":"#/$defs/listTarget"},"readBack":{"$ref":"#/$defs/readBack"},"schedule":{"$ref":"#/$defs/exportSchedule"},"whenStale":{"$ref":"#/$defs/whenStale"},"drift":{"$ref":"#/$defs/drift"},"safeguards":{"$ref":"#/$defs/safeguards"},"protect":{"$ref":"#/$defs/protect"}}};

function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate110.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema178.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err1 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.displayName !== undefined){
let data1 = data.displayName;
if(typeof data1 === "string"){
if(data1.length < 1){
const err2 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/displayName",schemaPath:"#/$defs/displayName/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.list !== undefined){
if(!(validate80(data.list, {instancePath:instancePath+"/list",parentData:data,parentDataProperty:"list",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : appended(vErrors, validate80.errors);
errors = vErrors.length;
}
}
if(data.readBack !== undefined){
if(!(validate84(data.readBack, {instancePath:instancePath+"/readBack",parentData:data,parentDataProperty:"readBack",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : appended(vErrors, validate84.errors);
errors = vErrors.length;
}
}
if(data.schedule !== undefined){
if(!(validate86(data.schedule, {instancePath:instancePath+"/schedule",parentData:data,parentDataProperty:"schedule",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate86.errors : appended(vErrors, validate86.errors);
errors = vErrors.length;
}
}
if(data.whenStale !== undefined){
if(!(validate89(data.whenStale, {instancePath:instancePath+"/whenStale",parentData:data,parentDataProperty:"whenStale",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : appended(vErrors, validate89.errors);
errors = vErrors.length;
}
}
if(data.drift !== undefined){
let data6 = data.drift;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(Object.keys(data6).length < 1){
const err4 = {instancePath:instancePath+"/drift",schemaPath:"#/$defs/drift/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
for(const key1 in data6){
if(!((key1 === "removed") || (key1 === "values"))){
const err5 = {instancePath:instancePath+"/drift",schemaPath:"#/$defs/drift/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data6.removed !== undefined){
let data7 = data6.removed;
if(!((data7 === "respect") || (data7 === "restore"))){
const err6 = {instancePath:instancePath+"/drift/removed",schemaPath:"#/$defs/drift/properties/removed/enum",keyword:"enum",params:{allowedValues: schema141.properties.removed.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data6.values !== undefined){
let data8 = data6.values;
if(!((data8 === "restore") || (data8 === "keep"))){
const err7 = {instancePath:instancePath+"/drift/values",schemaPath:"#/$defs/drift/properties/values/enum",keyword:"enum",params:{allowedValues: schema141.properties.values.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/drift",schemaPath:"#/$defs/drift/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.safeguards !== undefined){
if(!(validate93(data.safeguards, {instancePath:instancePath+"/safeguards",parentData:data,parentDataProperty:"safeguards",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate93.errors : appended(vErrors, validate93.errors);
errors = vErrors.length;
}
}
if(data.protect !== undefined){
if(typeof data.protect !== "boolean"){
const err9 = {instancePath:instancePath+"/protect",schemaPath:"#/$defs/protect/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
validate110.errors = vErrors;
return errors === 0;
}
validate110.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate104(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate104.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema169.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.state !== undefined){
let data0 = data.state;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
}
else {
const err1 = {instancePath:instancePath+"/state",schemaPath:"#/properties/state/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.forget !== undefined){
let data1 = data.forget;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.key === undefined){
const err2 = {instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key1 in data1){
if(!(key1 === "key")){
const err3 = {instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data1.key !== undefined){
let data2 = data1.key;
const _errs11 = errors;
let valid3 = false;
let passing0 = null;
const _errs12 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.env === undefined){
const err4 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
var _valid0 = _errs12 === errors;
if(_valid0){
valid3 = true;
passing0 = 0;
}
const _errs13 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.file === undefined){
const err5 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
var _valid0 = _errs13 === errors;
if(_valid0 && valid3){
valid3 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid3 = true;
passing0 = 1;
}
const _errs14 = errors;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.command === undefined){
const err6 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
var _valid0 = _errs14 === errors;
if(_valid0 && valid3){
valid3 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid3 = true;
passing0 = 2;
}
}
}
if(!valid3){
const err7 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
else {
errors = _errs11;
if(vErrors !== null){
if(_errs11){
vErrors.length = _errs11;
}
else {
vErrors = null;
}
}
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key2 in data2){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err8 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data2.env !== undefined){
let data3 = data2.env;
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err9 = {instancePath:instancePath+"/forget/key/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/forget/key/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data2.file !== undefined){
let data4 = data2.file;
if(typeof data4 === "string"){
if(data4.length < 1){
const err11 = {instancePath:instancePath+"/forget/key/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/forget/key/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data2.command !== undefined){
let data5 = data2.command;
if(Array.isArray(data5)){
if(data5.length < 1){
const err13 = {instancePath:instancePath+"/forget/key/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
let data6 = data5[i0];
if(typeof data6 === "string"){
if(data6.length < 1){
const err14 = {instancePath:instancePath+"/forget/key/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/forget/key/command/" + i0,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/forget/key/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.sql !== undefined){
if(!(validate43(data.sql, {instancePath:instancePath+"/sql",parentData:data,parentDataProperty:"sql",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate43.errors : appended(vErrors, validate43.errors);
errors = vErrors.length;
}
}
if(data.schedule !== undefined){
if(!(validate77(data.schedule, {instancePath:instancePath+"/schedule",parentData:data,parentDataProperty:"schedule",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : appended(vErrors, validate77.errors);
errors = vErrors.length;
}
}
if(data.connections !== undefined){
let data9 = data.connections;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key3 in data9){
const _errs28 = errors;
if(typeof key3 === "string"){
if(!pattern24.test(key3)){
const err19 = {instancePath:instancePath+"/connections",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key3};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/connections",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key3};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var valid7 = _errs28 === errors;
if(!valid7){
const err21 = {instancePath:instancePath+"/connections",schemaPath:"#/properties/connections/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
for(const key4 in data9){
let data10 = data9[key4];
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
}
else {
const err22 = {instancePath:instancePath+"/connections/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/connectionOverlay/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/connections",schemaPath:"#/properties/connections/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.sources !== undefined){
let data11 = data.sources;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key5 in data11){
const _errs38 = errors;
if(typeof key5 === "string"){
if(!pattern24.test(key5)){
const err24 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key5};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key5};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
var valid11 = _errs38 === errors;
if(!valid11){
const err26 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/propertyNames",keyword:"propertyNames",params:{propertyName: key5},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
for(const key6 in data11){
if(!(validate107(data11[key6], {instancePath:instancePath+"/sources/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data11,parentDataProperty:key6,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate107.errors : appended(vErrors, validate107.errors);
errors = vErrors.length;
}
}
}
else {
const err27 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data.exports !== undefined){
let data13 = data.exports;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key7 in data13){
const _errs45 = errors;
if(typeof key7 === "string"){
if(!pattern24.test(key7)){
const err28 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key7};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key7};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
var valid14 = _errs45 === errors;
if(!valid14){
const err30 = {instancePath:instancePath+"/exports",schemaPath:"#/properties/exports/propertyNames",keyword:"propertyNames",params:{propertyName: key7},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
for(const key8 in data13){
if(!(validate110(data13[key8], {instancePath:instancePath+"/exports/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key8,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate110.errors : appended(vErrors, validate110.errors);
errors = vErrors.length;
}
}
}
else {
const err31 = {instancePath:instancePath+"/exports",schemaPath:"#/properties/exports/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.notifiers !== undefined){
let data15 = data.notifiers;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key9 in data15){
const _errs52 = errors;
if(typeof key9 === "string"){
if(!pattern24.test(key9)){
const err32 = {instancePath:instancePath+"/notifiers",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key9};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/notifiers",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key9};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
var valid17 = _errs52 === errors;
if(!valid17){
const err34 = {instancePath:instancePath+"/notifiers",schemaPath:"#/properties/notifiers/propertyNames",keyword:"propertyNames",params:{propertyName: key9},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
for(const key10 in data15){
let data16 = data15[key10];
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
}
else {
const err35 = {instancePath:instancePath+"/notifiers/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/notifierOverlay/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/notifiers",schemaPath:"#/properties/notifiers/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.moved !== undefined){
let data17 = data.moved;
if(Array.isArray(data17)){
const len1 = data17.length;
for(let i1=0; i1<len1; i1++){
let data18 = data17[i1];
const _errs64 = errors;
let valid23 = false;
let passing1 = null;
const _errs65 = errors;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.from === undefined){
const err37 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/oneOf/0/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
var _valid1 = _errs65 === errors;
if(_valid1){
valid23 = true;
passing1 = 0;
}
const _errs66 = errors;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.export === undefined){
const err38 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/oneOf/1/required",keyword:"required",params:{missingProperty: "export"},message:"must have required property '"+"export"+"'"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
var _valid1 = _errs66 === errors;
if(_valid1 && valid23){
valid23 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid23 = true;
passing1 = 1;
}
}
if(!valid23){
const err39 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
else {
errors = _errs64;
if(vErrors !== null){
if(_errs64){
vErrors.length = _errs64;
}
else {
vErrors = null;
}
}
}
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
for(const key11 in data18){
if(!(((((((key11 === "from") || (key11 === "to")) || (key11 === "export")) || (key11 === "fromList")) || (key11 === "toList")) || (key11 === "oldMembers")) || (key11 === "maxRemovals"))){
const err40 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data18.from !== undefined){
let data19 = data18.from;
if(typeof data19 === "string"){
if(data19.length < 1){
const err41 = {instancePath:instancePath+"/moved/" + i1+"/from",schemaPath:"#/properties/moved/items/properties/from/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/moved/" + i1+"/from",schemaPath:"#/properties/moved/items/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data18.to !== undefined){
let data20 = data18.to;
if(typeof data20 === "string"){
if(data20.length < 1){
const err43 = {instancePath:instancePath+"/moved/" + i1+"/to",schemaPath:"#/properties/moved/items/properties/to/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/moved/" + i1+"/to",schemaPath:"#/properties/moved/items/properties/to/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data18.export !== undefined){
let data21 = data18.export;
if(typeof data21 === "string"){
if(data21.length < 1){
const err45 = {instancePath:instancePath+"/moved/" + i1+"/export",schemaPath:"#/properties/moved/items/properties/export/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/moved/" + i1+"/export",schemaPath:"#/properties/moved/items/properties/export/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data18.fromList !== undefined){
let data22 = data18.fromList;
if((!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))) && (typeof data22 !== "string")){
const err47 = {instancePath:instancePath+"/moved/" + i1+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/type",keyword:"type",params:{type: schema169.properties.moved.items.properties.fromList.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
const _errs77 = errors;
let valid26 = true;
const _errs78 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err48 = {};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid2 = _errs78 === errors;
errors = _errs77;
if(vErrors !== null){
if(_errs77){
vErrors.length = _errs77;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs80 = errors;
if(!(((typeof data22 == "number") && (!(data22 % 1) && !isNaN(data22))) && (isFinite(data22)))){
const err49 = {instancePath:instancePath+"/moved/" + i1+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/0/then/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if((typeof data22 == "number") && (isFinite(data22))){
if(data22 < 1 || isNaN(data22)){
const err50 = {instancePath:instancePath+"/moved/" + i1+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/0/then/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
var _valid2 = _errs80 === errors;
valid26 = _valid2;
}
if(!valid26){
const err51 = {instancePath:instancePath+"/moved/" + i1+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
const _errs83 = errors;
let valid27 = true;
const _errs84 = errors;
if(typeof data22 !== "string"){
const err52 = {};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
var _valid3 = _errs84 === errors;
errors = _errs83;
if(vErrors !== null){
if(_errs83){
vErrors.length = _errs83;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs86 = errors;
if(typeof data22 === "string"){
if(data22.length < 1){
const err53 = {instancePath:instancePath+"/moved/" + i1+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/1/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/moved/" + i1+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/1/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
var _valid3 = _errs86 === errors;
valid27 = _valid3;
}
if(!valid27){
const err55 = {instancePath:instancePath+"/moved/" + i1+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data18.toList !== undefined){
let data23 = data18.toList;
if((!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))) && (typeof data23 !== "string")){
const err56 = {instancePath:instancePath+"/moved/" + i1+"/toList",schemaPath:"#/properties/moved/items/properties/toList/type",keyword:"type",params:{type: schema169.properties.moved.items.properties.toList.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
const _errs91 = errors;
let valid29 = true;
const _errs92 = errors;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err57 = {};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
var _valid4 = _errs92 === errors;
errors = _errs91;
if(vErrors !== null){
if(_errs91){
vErrors.length = _errs91;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs94 = errors;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err58 = {instancePath:instancePath+"/moved/" + i1+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/0/then/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 < 1 || isNaN(data23)){
const err59 = {instancePath:instancePath+"/moved/" + i1+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/0/then/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
var _valid4 = _errs94 === errors;
valid29 = _valid4;
}
if(!valid29){
const err60 = {instancePath:instancePath+"/moved/" + i1+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
const _errs97 = errors;
let valid30 = true;
const _errs98 = errors;
if(typeof data23 !== "string"){
const err61 = {};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
var _valid5 = _errs98 === errors;
errors = _errs97;
if(vErrors !== null){
if(_errs97){
vErrors.length = _errs97;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs100 = errors;
if(typeof data23 === "string"){
if(data23.length < 1){
const err62 = {instancePath:instancePath+"/moved/" + i1+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/1/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/moved/" + i1+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/1/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
var _valid5 = _errs100 === errors;
valid30 = _valid5;
}
if(!valid30){
const err64 = {instancePath:instancePath+"/moved/" + i1+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data18.oldMembers !== undefined){
let data24 = data18.oldMembers;
if(!((data24 === "keep") || (data24 === "remove"))){
const err65 = {instancePath:instancePath+"/moved/" + i1+"/oldMembers",schemaPath:"#/$defs/members/enum",keyword:"enum",params:{allowedValues: schema149.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data18.maxRemovals !== undefined){
let data25 = data18.maxRemovals;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(Object.keys(data25).length < 1){
const err66 = {instancePath:instancePath+"/moved/" + i1+"/maxRemovals",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
for(const key12 in data25){
if(!((key12 === "count") || (key12 === "share"))){
const err67 = {instancePath:instancePath+"/moved/" + i1+"/maxRemovals",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data25.count !== undefined){
let data26 = data25.count;
if(!(((typeof data26 == "number") && (!(data26 % 1) && !isNaN(data26))) && (isFinite(data26)))){
const err68 = {instancePath:instancePath+"/moved/" + i1+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if((typeof data26 == "number") && (isFinite(data26))){
if(data26 < 0 || isNaN(data26)){
const err69 = {instancePath:instancePath+"/moved/" + i1+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
}
if(data25.share !== undefined){
let data27 = data25.share;
if(typeof data27 === "string"){
if(!pattern34.test(data27)){
const err70 = {instancePath:instancePath+"/moved/" + i1+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/moved/" + i1+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/moved/" + i1+"/maxRemovals",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data18.from !== undefined){
if(data18.to === undefined){
const err73 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "from",
    missingProperty: "to",
    depsCount: 1,
    deps: "to"},message:"must have property to when property from is present"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data18.to !== undefined){
if(data18.from === undefined){
const err74 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "to",
    missingProperty: "from",
    depsCount: 1,
    deps: "from"},message:"must have property from when property to is present"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data18.export !== undefined){
if(data18.fromList === undefined){
const err75 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "export",
    missingProperty: "fromList",
    depsCount: 3,
    deps: "fromList, toList, oldMembers"},message:"must have properties fromList, toList, oldMembers when property export is present"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(data18.toList === undefined){
const err76 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "export",
    missingProperty: "toList",
    depsCount: 3,
    deps: "fromList, toList, oldMembers"},message:"must have properties fromList, toList, oldMembers when property export is present"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(data18.oldMembers === undefined){
const err77 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "export",
    missingProperty: "oldMembers",
    depsCount: 3,
    deps: "fromList, toList, oldMembers"},message:"must have properties fromList, toList, oldMembers when property export is present"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data18.fromList !== undefined){
if(data18.export === undefined){
const err78 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "fromList",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property fromList is present"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data18.toList !== undefined){
if(data18.export === undefined){
const err79 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "toList",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property toList is present"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data18.oldMembers !== undefined){
if(data18.export === undefined){
const err80 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "oldMembers",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property oldMembers is present"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data18.maxRemovals !== undefined){
if(data18.export === undefined){
const err81 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "maxRemovals",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property maxRemovals is present"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/moved/" + i1,schemaPath:"#/properties/moved/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/moved",schemaPath:"#/properties/moved/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.removed !== undefined){
let data28 = data.removed;
if(Array.isArray(data28)){
const len2 = data28.length;
for(let i2=0; i2<len2; i2++){
let data29 = data28[i2];
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(data29.export === undefined){
const err84 = {instancePath:instancePath+"/removed/" + i2,schemaPath:"#/properties/removed/items/required",keyword:"required",params:{missingProperty: "export"},message:"must have required property '"+"export"+"'"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(data29.members === undefined){
const err85 = {instancePath:instancePath+"/removed/" + i2,schemaPath:"#/properties/removed/items/required",keyword:"required",params:{missingProperty: "members"},message:"must have required property '"+"members"+"'"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
for(const key13 in data29){
if(!(((key13 === "export") || (key13 === "members")) || (key13 === "maxRemovals"))){
const err86 = {instancePath:instancePath+"/removed/" + i2,schemaPath:"#/properties/removed/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data29.export !== undefined){
let data30 = data29.export;
if(typeof data30 === "string"){
if(data30.length < 1){
const err87 = {instancePath:instancePath+"/removed/" + i2+"/export",schemaPath:"#/properties/removed/items/properties/export/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/removed/" + i2+"/export",schemaPath:"#/properties/removed/items/properties/export/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data29.members !== undefined){
let data31 = data29.members;
if(!((data31 === "keep") || (data31 === "remove"))){
const err89 = {instancePath:instancePath+"/removed/" + i2+"/members",schemaPath:"#/$defs/members/enum",keyword:"enum",params:{allowedValues: schema149.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data29.maxRemovals !== undefined){
let data32 = data29.maxRemovals;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
if(Object.keys(data32).length < 1){
const err90 = {instancePath:instancePath+"/removed/" + i2+"/maxRemovals",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
for(const key14 in data32){
if(!((key14 === "count") || (key14 === "share"))){
const err91 = {instancePath:instancePath+"/removed/" + i2+"/maxRemovals",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key14},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data32.count !== undefined){
let data33 = data32.count;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err92 = {instancePath:instancePath+"/removed/" + i2+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 < 0 || isNaN(data33)){
const err93 = {instancePath:instancePath+"/removed/" + i2+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
}
if(data32.share !== undefined){
let data34 = data32.share;
if(typeof data34 === "string"){
if(!pattern34.test(data34)){
const err94 = {instancePath:instancePath+"/removed/" + i2+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
else {
const err95 = {instancePath:instancePath+"/removed/" + i2+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/removed/" + i2+"/maxRemovals",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/removed/" + i2,schemaPath:"#/properties/removed/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/removed",schemaPath:"#/properties/removed/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
}
else {
const err99 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
validate104.errors = vErrors;
return errors === 0;
}
validate104.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern35 = new RegExp("^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.version !== undefined){
if(1 !== data.version){
const err2 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.include !== undefined){
let data1 = data.include;
if(Array.isArray(data1)){
if(data1.length < 1){
const err3 = {instancePath:instancePath+"/include",schemaPath:"#/properties/include/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(data2.length < 1){
const err4 = {instancePath:instancePath+"/include/" + i0,schemaPath:"#/properties/include/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/include/" + i0,schemaPath:"#/properties/include/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/include",schemaPath:"#/properties/include/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.timezone !== undefined){
if(typeof data.timezone !== "string"){
const err7 = {instancePath:instancePath+"/timezone",schemaPath:"#/$defs/timezone/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.state !== undefined){
if(!(validate21(data.state, {instancePath:instancePath+"/state",parentData:data,parentDataProperty:"state",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : appended(vErrors, validate21.errors);
errors = vErrors.length;
}
}
if(data.forget !== undefined){
let data5 = data.forget;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.key === undefined){
const err8 = {instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key1 in data5){
if(!(key1 === "key")){
const err9 = {instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data5.key !== undefined){
let data6 = data5.key;
const _errs17 = errors;
let valid6 = false;
let passing0 = null;
const _errs18 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.env === undefined){
const err10 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf/0/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid0 = _errs18 === errors;
if(_valid0){
valid6 = true;
passing0 = 0;
}
const _errs19 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.file === undefined){
const err11 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf/1/required",keyword:"required",params:{missingProperty: "file"},message:"must have required property '"+"file"+"'"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
var _valid0 = _errs19 === errors;
if(_valid0 && valid6){
valid6 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid6 = true;
passing0 = 1;
}
const _errs20 = errors;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.command === undefined){
const err12 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf/2/required",keyword:"required",params:{missingProperty: "command"},message:"must have required property '"+"command"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
var _valid0 = _errs20 === errors;
if(_valid0 && valid6){
valid6 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid6 = true;
passing0 = 2;
}
}
}
if(!valid6){
const err13 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
else {
errors = _errs17;
if(vErrors !== null){
if(_errs17){
vErrors.length = _errs17;
}
else {
vErrors = null;
}
}
}
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key2 in data6){
if(!(((key2 === "env") || (key2 === "file")) || (key2 === "command"))){
const err14 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data6.env !== undefined){
let data7 = data6.env;
if(typeof data7 === "string"){
if(!pattern4.test(data7)){
const err15 = {instancePath:instancePath+"/forget/key/env",schemaPath:"#/$defs/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/forget/key/env",schemaPath:"#/$defs/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data6.file !== undefined){
let data8 = data6.file;
if(typeof data8 === "string"){
if(data8.length < 1){
const err17 = {instancePath:instancePath+"/forget/key/file",schemaPath:"#/$defs/secret/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/forget/key/file",schemaPath:"#/$defs/secret/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data6.command !== undefined){
let data9 = data6.command;
if(Array.isArray(data9)){
if(data9.length < 1){
const err19 = {instancePath:instancePath+"/forget/key/command",schemaPath:"#/$defs/secret/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 === "string"){
if(data10.length < 1){
const err20 = {instancePath:instancePath+"/forget/key/command/" + i1,schemaPath:"#/$defs/secret/properties/command/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/forget/key/command/" + i1,schemaPath:"#/$defs/secret/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/forget/key/command",schemaPath:"#/$defs/secret/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/forget/key",schemaPath:"#/$defs/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/forget",schemaPath:"#/properties/forget/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.allowPaths !== undefined){
let data11 = data.allowPaths;
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(typeof data12 === "string"){
if(data12.length < 1){
const err25 = {instancePath:instancePath+"/allowPaths/" + i2,schemaPath:"#/properties/allowPaths/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/allowPaths/" + i2,schemaPath:"#/properties/allowPaths/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
let i3 = data11.length;
let j0;
if(i3 > 1){
const indices0 = {};
for(;i3--;){
let item0 = data11[i3];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
const err27 = {instancePath:instancePath+"/allowPaths",schemaPath:"#/properties/allowPaths/uniqueItems",keyword:"uniqueItems",params:{i: i3, j: j0},message:"must NOT have duplicate items (items ## "+j0+" and "+i3+" are identical)"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
break;
}
indices0[item0] = i3;
}
}
}
else {
const err28 = {instancePath:instancePath+"/allowPaths",schemaPath:"#/properties/allowPaths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.sql !== undefined){
if(!(validate43(data.sql, {instancePath:instancePath+"/sql",parentData:data,parentDataProperty:"sql",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate43.errors : appended(vErrors, validate43.errors);
errors = vErrors.length;
}
}
if(data.approvals !== undefined){
if(!(validate45(data.approvals, {instancePath:instancePath+"/approvals",parentData:data,parentDataProperty:"approvals",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate45.errors : appended(vErrors, validate45.errors);
errors = vErrors.length;
}
}
if(data.roles !== undefined){
let data15 = data.roles;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key3 in data15){
if(!((key3 === "admins") || (key3 === "contributors"))){
const err29 = {instancePath:instancePath+"/roles",schemaPath:"#/$defs/roles/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data15.admins !== undefined){
let data16 = data15.admins;
if(Array.isArray(data16)){
const len3 = data16.length;
for(let i4=0; i4<len3; i4++){
let data17 = data16[i4];
if(typeof data17 === "string"){
if(!pattern35.test(data17)){
const err30 = {instancePath:instancePath+"/roles/admins/" + i4,schemaPath:"#/$defs/roles/properties/admins/items/pattern",keyword:"pattern",params:{pattern: "^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"},message:"must match pattern \""+"^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"+"\""};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/roles/admins/" + i4,schemaPath:"#/$defs/roles/properties/admins/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
let i5 = data16.length;
let j1;
if(i5 > 1){
const indices1 = {};
for(;i5--;){
let item1 = data16[i5];
if(typeof item1 !== "string"){
continue;
}
if(typeof indices1[item1] == "number"){
j1 = indices1[item1];
const err32 = {instancePath:instancePath+"/roles/admins",schemaPath:"#/$defs/roles/properties/admins/uniqueItems",keyword:"uniqueItems",params:{i: i5, j: j1},message:"must NOT have duplicate items (items ## "+j1+" and "+i5+" are identical)"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
break;
}
indices1[item1] = i5;
}
}
}
else {
const err33 = {instancePath:instancePath+"/roles/admins",schemaPath:"#/$defs/roles/properties/admins/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data15.contributors !== undefined){
let data18 = data15.contributors;
if(Array.isArray(data18)){
const len4 = data18.length;
for(let i6=0; i6<len4; i6++){
let data19 = data18[i6];
if(typeof data19 === "string"){
if(!pattern35.test(data19)){
const err34 = {instancePath:instancePath+"/roles/contributors/" + i6,schemaPath:"#/$defs/roles/properties/contributors/items/pattern",keyword:"pattern",params:{pattern: "^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"},message:"must match pattern \""+"^((github|gitlab|azure|ssh|local):[^\\s:]+|ci:schedule)$"+"\""};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/roles/contributors/" + i6,schemaPath:"#/$defs/roles/properties/contributors/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
let i7 = data18.length;
let j2;
if(i7 > 1){
const indices2 = {};
for(;i7--;){
let item2 = data18[i7];
if(typeof item2 !== "string"){
continue;
}
if(typeof indices2[item2] == "number"){
j2 = indices2[item2];
const err36 = {instancePath:instancePath+"/roles/contributors",schemaPath:"#/$defs/roles/properties/contributors/uniqueItems",keyword:"uniqueItems",params:{i: i7, j: j2},message:"must NOT have duplicate items (items ## "+j2+" and "+i7+" are identical)"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
break;
}
indices2[item2] = i7;
}
}
}
else {
const err37 = {instancePath:instancePath+"/roles/contributors",schemaPath:"#/$defs/roles/properties/contributors/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
}
else {
const err38 = {instancePath:instancePath+"/roles",schemaPath:"#/$defs/roles/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.policies !== undefined){
let data20 = data.policies;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key4 in data20){
const _errs50 = errors;
if(typeof key4 === "string"){
if(!pattern24.test(key4)){
const err39 = {instancePath:instancePath+"/policies",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key4};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/policies",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key4};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
var valid21 = _errs50 === errors;
if(!valid21){
const err41 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
for(const key5 in data20){
if(!(validate47(data20[key5], {instancePath:instancePath+"/policies/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data20,parentDataProperty:key5,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate47.errors : appended(vErrors, validate47.errors);
errors = vErrors.length;
}
}
}
else {
const err42 = {instancePath:instancePath+"/policies",schemaPath:"#/properties/policies/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.connections !== undefined){
let data22 = data.connections;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key6 in data22){
const _errs57 = errors;
if(typeof key6 === "string"){
if(!pattern24.test(key6)){
const err43 = {instancePath:instancePath+"/connections",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key6};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/connections",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key6};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
var valid24 = _errs57 === errors;
if(!valid24){
const err45 = {instancePath:instancePath+"/connections",schemaPath:"#/properties/connections/propertyNames",keyword:"propertyNames",params:{propertyName: key6},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
for(const key7 in data22){
if(!(validate49(data22[key7], {instancePath:instancePath+"/connections/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data22,parentDataProperty:key7,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate49.errors : appended(vErrors, validate49.errors);
errors = vErrors.length;
}
}
}
else {
const err46 = {instancePath:instancePath+"/connections",schemaPath:"#/properties/connections/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.sources !== undefined){
let data24 = data.sources;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key8 in data24){
const _errs64 = errors;
if(typeof key8 === "string"){
if(!pattern24.test(key8)){
const err47 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key8};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/sources",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key8};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var valid27 = _errs64 === errors;
if(!valid27){
const err49 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
for(const key9 in data24){
if(!(validate61(data24[key9], {instancePath:instancePath+"/sources/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data24,parentDataProperty:key9,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate61.errors : appended(vErrors, validate61.errors);
errors = vErrors.length;
}
}
}
else {
const err50 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
if(data.segments !== undefined){
let data26 = data.segments;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key10 in data26){
const _errs71 = errors;
if(typeof key10 === "string"){
if(!pattern24.test(key10)){
const err51 = {instancePath:instancePath+"/segments",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key10};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/segments",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key10};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
var valid30 = _errs71 === errors;
if(!valid30){
const err53 = {instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/propertyNames",keyword:"propertyNames",params:{propertyName: key10},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
for(const key11 in data26){
let data27 = data26[key11];
const _errs78 = errors;
let valid34 = false;
let passing1 = null;
const _errs79 = errors;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(data27.source === undefined){
const err54 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/oneOf/0/required",keyword:"required",params:{missingProperty: "source"},message:"must have required property '"+"source"+"'"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
var _valid1 = _errs79 === errors;
if(_valid1){
valid34 = true;
passing1 = 0;
}
const _errs80 = errors;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(data27.sql === undefined){
const err55 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/oneOf/1/required",keyword:"required",params:{missingProperty: "sql"},message:"must have required property '"+"sql"+"'"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
var _valid1 = _errs80 === errors;
if(_valid1 && valid34){
valid34 = false;
passing1 = [passing1, 1];
}
else {
if(_valid1){
valid34 = true;
passing1 = 1;
}
const _errs81 = errors;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(data27.sqlFile === undefined){
const err56 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/oneOf/2/required",keyword:"required",params:{missingProperty: "sqlFile"},message:"must have required property '"+"sqlFile"+"'"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
var _valid1 = _errs81 === errors;
if(_valid1 && valid34){
valid34 = false;
passing1 = [passing1, 2];
}
else {
if(_valid1){
valid34 = true;
passing1 = 2;
}
const _errs82 = errors;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
if(data27.addresses === undefined){
const err57 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/oneOf/3/required",keyword:"required",params:{missingProperty: "addresses"},message:"must have required property '"+"addresses"+"'"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
var _valid1 = _errs82 === errors;
if(_valid1 && valid34){
valid34 = false;
passing1 = [passing1, 3];
}
else {
if(_valid1){
valid34 = true;
passing1 = 3;
}
}
}
}
if(!valid34){
const err58 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/oneOf",keyword:"oneOf",params:{passingSchemas: passing1},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
else {
errors = _errs78;
if(vErrors !== null){
if(_errs78){
vErrors.length = _errs78;
}
else {
vErrors = null;
}
}
}
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key12 in data27){
if(!(func1.call(schema120.properties, key12))){
const err59 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data27.source !== undefined){
let data28 = data27.source;
if(typeof data28 === "string"){
if(data28.length < 1){
const err60 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/source",schemaPath:"#/$defs/segment/properties/source/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/source",schemaPath:"#/$defs/segment/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data27.where !== undefined){
let data29 = data27.where;
if(typeof data29 === "string"){
if(data29.length < 1){
const err62 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/where",schemaPath:"#/$defs/segment/properties/where/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/where",schemaPath:"#/$defs/segment/properties/where/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data27.sql !== undefined){
let data30 = data27.sql;
if(typeof data30 === "string"){
if(data30.length < 1){
const err64 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/sql",schemaPath:"#/$defs/segment/properties/sql/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
else {
const err65 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/sql",schemaPath:"#/$defs/segment/properties/sql/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data27.sqlFile !== undefined){
let data31 = data27.sqlFile;
if(typeof data31 === "string"){
if(data31.length < 1){
const err66 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/sqlFile",schemaPath:"#/$defs/segment/properties/sqlFile/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/sqlFile",schemaPath:"#/$defs/segment/properties/sqlFile/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data27.addresses !== undefined){
let data32 = data27.addresses;
if(typeof data32 === "string"){
if(data32.length < 1){
const err68 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/addresses",schemaPath:"#/$defs/segment/properties/addresses/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
else {
const err69 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/addresses",schemaPath:"#/$defs/segment/properties/addresses/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data27.column !== undefined){
let data33 = data27.column;
if(typeof data33 === "string"){
if(data33.length < 1){
const err70 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/column",schemaPath:"#/$defs/segment/properties/column/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/column",schemaPath:"#/$defs/segment/properties/column/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data27.encoding !== undefined){
let data34 = data27.encoding;
if(!((((data34 === "UTF-8") || (data34 === "UTF-16")) || (data34 === "windows-1252")) || (data34 === "latin1"))){
const err72 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/encoding",schemaPath:"#/$defs/segment/properties/encoding/enum",keyword:"enum",params:{allowedValues: schema120.properties.encoding.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data27.finalNewline !== undefined){
let data35 = data27.finalNewline;
if(!((data35 === "required") || (data35 === "optional"))){
const err73 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/finalNewline",schemaPath:"#/$defs/segment/properties/finalNewline/enum",keyword:"enum",params:{allowedValues: schema120.properties.finalNewline.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data27.orderBy !== undefined){
let data36 = data27.orderBy;
if(typeof data36 === "string"){
if(data36.length < 1){
const err74 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/orderBy",schemaPath:"#/$defs/segment/properties/orderBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/orderBy",schemaPath:"#/$defs/segment/properties/orderBy/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data27.exclude !== undefined){
let data37 = data27.exclude;
if(Array.isArray(data37)){
const len5 = data37.length;
for(let i8=0; i8<len5; i8++){
if(typeof data37[i8] !== "string"){
const err76 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/exclude/" + i8,schemaPath:"#/$defs/segment/properties/exclude/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
let i9 = data37.length;
let j3;
if(i9 > 1){
const indices3 = {};
for(;i9--;){
let item3 = data37[i9];
if(typeof item3 !== "string"){
continue;
}
if(typeof indices3[item3] == "number"){
j3 = indices3[item3];
const err77 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/exclude",schemaPath:"#/$defs/segment/properties/exclude/uniqueItems",keyword:"uniqueItems",params:{i: i9, j: j3},message:"must NOT have duplicate items (items ## "+j3+" and "+i9+" are identical)"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
break;
}
indices3[item3] = i9;
}
}
}
else {
const err78 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/exclude",schemaPath:"#/$defs/segment/properties/exclude/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data27.email !== undefined){
let data39 = data27.email;
if(typeof data39 === "string"){
if(data39.length < 1){
const err79 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/email",schemaPath:"#/$defs/segment/properties/email/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
else {
const err80 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/email",schemaPath:"#/$defs/segment/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data27.allowEmpty !== undefined){
if(typeof data27.allowEmpty !== "boolean"){
const err81 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/allowEmpty",schemaPath:"#/$defs/segment/properties/allowEmpty/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data27.where !== undefined){
if(data27.source === undefined){
const err82 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/dependentRequired",keyword:"dependentRequired",params:{property: "where",
    missingProperty: "source",
    depsCount: 1,
    deps: "source"},message:"must have property source when property where is present"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data27.column !== undefined){
if(data27.addresses === undefined){
const err83 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/dependentRequired",keyword:"dependentRequired",params:{property: "column",
    missingProperty: "addresses",
    depsCount: 1,
    deps: "addresses"},message:"must have property addresses when property column is present"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data27.encoding !== undefined){
if(data27.addresses === undefined){
const err84 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/dependentRequired",keyword:"dependentRequired",params:{property: "encoding",
    missingProperty: "addresses",
    depsCount: 1,
    deps: "addresses"},message:"must have property addresses when property encoding is present"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
if(data27.finalNewline !== undefined){
if(data27.addresses === undefined){
const err85 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/dependentRequired",keyword:"dependentRequired",params:{property: "finalNewline",
    missingProperty: "addresses",
    depsCount: 1,
    deps: "addresses"},message:"must have property addresses when property finalNewline is present"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
}
else {
const err86 = {instancePath:instancePath+"/segments/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/segment/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
else {
const err87 = {instancePath:instancePath+"/segments",schemaPath:"#/properties/segments/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data.suppressions !== undefined){
let data41 = data.suppressions;
if(Array.isArray(data41)){
const len6 = data41.length;
for(let i10=0; i10<len6; i10++){
if(typeof data41[i10] !== "string"){
const err88 = {instancePath:instancePath+"/suppressions/" + i10,schemaPath:"#/properties/suppressions/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
let i11 = data41.length;
let j4;
if(i11 > 1){
const indices4 = {};
for(;i11--;){
let item4 = data41[i11];
if(typeof item4 !== "string"){
continue;
}
if(typeof indices4[item4] == "number"){
j4 = indices4[item4];
const err89 = {instancePath:instancePath+"/suppressions",schemaPath:"#/properties/suppressions/uniqueItems",keyword:"uniqueItems",params:{i: i11, j: j4},message:"must NOT have duplicate items (items ## "+j4+" and "+i11+" are identical)"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
break;
}
indices4[item4] = i11;
}
}
}
else {
const err90 = {instancePath:instancePath+"/suppressions",schemaPath:"#/properties/suppressions/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data.schedule !== undefined){
if(!(validate77(data.schedule, {instancePath:instancePath+"/schedule",parentData:data,parentDataProperty:"schedule",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : appended(vErrors, validate77.errors);
errors = vErrors.length;
}
}
if(data.exports !== undefined){
let data44 = data.exports;
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
for(const key13 in data44){
const _errs115 = errors;
if(typeof key13 === "string"){
if(!pattern24.test(key13)){
const err91 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key13};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
else {
const err92 = {instancePath:instancePath+"/exports",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key13};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
var valid42 = _errs115 === errors;
if(!valid42){
const err93 = {instancePath:instancePath+"/exports",schemaPath:"#/properties/exports/propertyNames",keyword:"propertyNames",params:{propertyName: key13},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
for(const key14 in data44){
if(!(validate79(data44[key14], {instancePath:instancePath+"/exports/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data44,parentDataProperty:key14,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : appended(vErrors, validate79.errors);
errors = vErrors.length;
}
}
}
else {
const err94 = {instancePath:instancePath+"/exports",schemaPath:"#/properties/exports/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data.moved !== undefined){
let data46 = data.moved;
if(Array.isArray(data46)){
const len7 = data46.length;
for(let i12=0; i12<len7; i12++){
let data47 = data46[i12];
const _errs124 = errors;
let valid47 = false;
let passing2 = null;
const _errs125 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
if(data47.from === undefined){
const err95 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/oneOf/0/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
var _valid2 = _errs125 === errors;
if(_valid2){
valid47 = true;
passing2 = 0;
}
const _errs126 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
if(data47.export === undefined){
const err96 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/oneOf/1/required",keyword:"required",params:{missingProperty: "export"},message:"must have required property '"+"export"+"'"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
var _valid2 = _errs126 === errors;
if(_valid2 && valid47){
valid47 = false;
passing2 = [passing2, 1];
}
else {
if(_valid2){
valid47 = true;
passing2 = 1;
}
}
if(!valid47){
const err97 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/oneOf",keyword:"oneOf",params:{passingSchemas: passing2},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
else {
errors = _errs124;
if(vErrors !== null){
if(_errs124){
vErrors.length = _errs124;
}
else {
vErrors = null;
}
}
}
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
for(const key15 in data47){
if(!(((((((key15 === "from") || (key15 === "to")) || (key15 === "export")) || (key15 === "fromList")) || (key15 === "toList")) || (key15 === "oldMembers")) || (key15 === "maxRemovals"))){
const err98 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data47.from !== undefined){
let data48 = data47.from;
if(typeof data48 === "string"){
if(data48.length < 1){
const err99 = {instancePath:instancePath+"/moved/" + i12+"/from",schemaPath:"#/properties/moved/items/properties/from/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
else {
const err100 = {instancePath:instancePath+"/moved/" + i12+"/from",schemaPath:"#/properties/moved/items/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data47.to !== undefined){
let data49 = data47.to;
if(typeof data49 === "string"){
if(data49.length < 1){
const err101 = {instancePath:instancePath+"/moved/" + i12+"/to",schemaPath:"#/properties/moved/items/properties/to/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
else {
const err102 = {instancePath:instancePath+"/moved/" + i12+"/to",schemaPath:"#/properties/moved/items/properties/to/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
if(data47.export !== undefined){
let data50 = data47.export;
if(typeof data50 === "string"){
if(data50.length < 1){
const err103 = {instancePath:instancePath+"/moved/" + i12+"/export",schemaPath:"#/properties/moved/items/properties/export/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
else {
const err104 = {instancePath:instancePath+"/moved/" + i12+"/export",schemaPath:"#/properties/moved/items/properties/export/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data47.fromList !== undefined){
let data51 = data47.fromList;
if((!(((typeof data51 == "number") && (!(data51 % 1) && !isNaN(data51))) && (isFinite(data51)))) && (typeof data51 !== "string")){
const err105 = {instancePath:instancePath+"/moved/" + i12+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/type",keyword:"type",params:{type: schema31.properties.moved.items.properties.fromList.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
const _errs137 = errors;
let valid50 = true;
const _errs138 = errors;
if(!(((typeof data51 == "number") && (!(data51 % 1) && !isNaN(data51))) && (isFinite(data51)))){
const err106 = {};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
var _valid3 = _errs138 === errors;
errors = _errs137;
if(vErrors !== null){
if(_errs137){
vErrors.length = _errs137;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs140 = errors;
if(!(((typeof data51 == "number") && (!(data51 % 1) && !isNaN(data51))) && (isFinite(data51)))){
const err107 = {instancePath:instancePath+"/moved/" + i12+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/0/then/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if((typeof data51 == "number") && (isFinite(data51))){
if(data51 < 1 || isNaN(data51)){
const err108 = {instancePath:instancePath+"/moved/" + i12+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/0/then/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
var _valid3 = _errs140 === errors;
valid50 = _valid3;
}
if(!valid50){
const err109 = {instancePath:instancePath+"/moved/" + i12+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
const _errs143 = errors;
let valid51 = true;
const _errs144 = errors;
if(typeof data51 !== "string"){
const err110 = {};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
var _valid4 = _errs144 === errors;
errors = _errs143;
if(vErrors !== null){
if(_errs143){
vErrors.length = _errs143;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs146 = errors;
if(typeof data51 === "string"){
if(data51.length < 1){
const err111 = {instancePath:instancePath+"/moved/" + i12+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/1/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/moved/" + i12+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/1/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
var _valid4 = _errs146 === errors;
valid51 = _valid4;
}
if(!valid51){
const err113 = {instancePath:instancePath+"/moved/" + i12+"/fromList",schemaPath:"#/properties/moved/items/properties/fromList/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data47.toList !== undefined){
let data52 = data47.toList;
if((!(((typeof data52 == "number") && (!(data52 % 1) && !isNaN(data52))) && (isFinite(data52)))) && (typeof data52 !== "string")){
const err114 = {instancePath:instancePath+"/moved/" + i12+"/toList",schemaPath:"#/properties/moved/items/properties/toList/type",keyword:"type",params:{type: schema31.properties.moved.items.properties.toList.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
const _errs151 = errors;
let valid53 = true;
const _errs152 = errors;
if(!(((typeof data52 == "number") && (!(data52 % 1) && !isNaN(data52))) && (isFinite(data52)))){
const err115 = {};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
var _valid5 = _errs152 === errors;
errors = _errs151;
if(vErrors !== null){
if(_errs151){
vErrors.length = _errs151;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs154 = errors;
if(!(((typeof data52 == "number") && (!(data52 % 1) && !isNaN(data52))) && (isFinite(data52)))){
const err116 = {instancePath:instancePath+"/moved/" + i12+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/0/then/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
if((typeof data52 == "number") && (isFinite(data52))){
if(data52 < 1 || isNaN(data52)){
const err117 = {instancePath:instancePath+"/moved/" + i12+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/0/then/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
var _valid5 = _errs154 === errors;
valid53 = _valid5;
}
if(!valid53){
const err118 = {instancePath:instancePath+"/moved/" + i12+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
const _errs157 = errors;
let valid54 = true;
const _errs158 = errors;
if(typeof data52 !== "string"){
const err119 = {};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
var _valid6 = _errs158 === errors;
errors = _errs157;
if(vErrors !== null){
if(_errs157){
vErrors.length = _errs157;
}
else {
vErrors = null;
}
}
if(_valid6){
const _errs160 = errors;
if(typeof data52 === "string"){
if(data52.length < 1){
const err120 = {instancePath:instancePath+"/moved/" + i12+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/1/then/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
else {
const err121 = {instancePath:instancePath+"/moved/" + i12+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/1/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
var _valid6 = _errs160 === errors;
valid54 = _valid6;
}
if(!valid54){
const err122 = {instancePath:instancePath+"/moved/" + i12+"/toList",schemaPath:"#/properties/moved/items/properties/toList/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data47.oldMembers !== undefined){
let data53 = data47.oldMembers;
if(!((data53 === "keep") || (data53 === "remove"))){
const err123 = {instancePath:instancePath+"/moved/" + i12+"/oldMembers",schemaPath:"#/$defs/members/enum",keyword:"enum",params:{allowedValues: schema149.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
if(data47.maxRemovals !== undefined){
let data54 = data47.maxRemovals;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
if(Object.keys(data54).length < 1){
const err124 = {instancePath:instancePath+"/moved/" + i12+"/maxRemovals",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
for(const key16 in data54){
if(!((key16 === "count") || (key16 === "share"))){
const err125 = {instancePath:instancePath+"/moved/" + i12+"/maxRemovals",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
if(data54.count !== undefined){
let data55 = data54.count;
if(!(((typeof data55 == "number") && (!(data55 % 1) && !isNaN(data55))) && (isFinite(data55)))){
const err126 = {instancePath:instancePath+"/moved/" + i12+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
if((typeof data55 == "number") && (isFinite(data55))){
if(data55 < 0 || isNaN(data55)){
const err127 = {instancePath:instancePath+"/moved/" + i12+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
}
}
if(data54.share !== undefined){
let data56 = data54.share;
if(typeof data56 === "string"){
if(!pattern34.test(data56)){
const err128 = {instancePath:instancePath+"/moved/" + i12+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
else {
const err129 = {instancePath:instancePath+"/moved/" + i12+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
}
else {
const err130 = {instancePath:instancePath+"/moved/" + i12+"/maxRemovals",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
if(data47.from !== undefined){
if(data47.to === undefined){
const err131 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "from",
    missingProperty: "to",
    depsCount: 1,
    deps: "to"},message:"must have property to when property from is present"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
}
if(data47.to !== undefined){
if(data47.from === undefined){
const err132 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "to",
    missingProperty: "from",
    depsCount: 1,
    deps: "from"},message:"must have property from when property to is present"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
if(data47.export !== undefined){
if(data47.fromList === undefined){
const err133 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "export",
    missingProperty: "fromList",
    depsCount: 3,
    deps: "fromList, toList, oldMembers"},message:"must have properties fromList, toList, oldMembers when property export is present"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
if(data47.toList === undefined){
const err134 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "export",
    missingProperty: "toList",
    depsCount: 3,
    deps: "fromList, toList, oldMembers"},message:"must have properties fromList, toList, oldMembers when property export is present"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if(data47.oldMembers === undefined){
const err135 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "export",
    missingProperty: "oldMembers",
    depsCount: 3,
    deps: "fromList, toList, oldMembers"},message:"must have properties fromList, toList, oldMembers when property export is present"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
if(data47.fromList !== undefined){
if(data47.export === undefined){
const err136 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "fromList",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property fromList is present"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data47.toList !== undefined){
if(data47.export === undefined){
const err137 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "toList",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property toList is present"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
if(data47.oldMembers !== undefined){
if(data47.export === undefined){
const err138 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "oldMembers",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property oldMembers is present"};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
if(data47.maxRemovals !== undefined){
if(data47.export === undefined){
const err139 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/dependentRequired",keyword:"dependentRequired",params:{property: "maxRemovals",
    missingProperty: "export",
    depsCount: 1,
    deps: "export"},message:"must have property export when property maxRemovals is present"};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
}
else {
const err140 = {instancePath:instancePath+"/moved/" + i12,schemaPath:"#/properties/moved/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
}
else {
const err141 = {instancePath:instancePath+"/moved",schemaPath:"#/properties/moved/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data.removed !== undefined){
let data57 = data.removed;
if(Array.isArray(data57)){
const len8 = data57.length;
for(let i13=0; i13<len8; i13++){
let data58 = data57[i13];
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
if(data58.export === undefined){
const err142 = {instancePath:instancePath+"/removed/" + i13,schemaPath:"#/properties/removed/items/required",keyword:"required",params:{missingProperty: "export"},message:"must have required property '"+"export"+"'"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
if(data58.members === undefined){
const err143 = {instancePath:instancePath+"/removed/" + i13,schemaPath:"#/properties/removed/items/required",keyword:"required",params:{missingProperty: "members"},message:"must have required property '"+"members"+"'"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
for(const key17 in data58){
if(!(((key17 === "export") || (key17 === "members")) || (key17 === "maxRemovals"))){
const err144 = {instancePath:instancePath+"/removed/" + i13,schemaPath:"#/properties/removed/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data58.export !== undefined){
let data59 = data58.export;
if(typeof data59 === "string"){
if(data59.length < 1){
const err145 = {instancePath:instancePath+"/removed/" + i13+"/export",schemaPath:"#/properties/removed/items/properties/export/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
else {
const err146 = {instancePath:instancePath+"/removed/" + i13+"/export",schemaPath:"#/properties/removed/items/properties/export/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data58.members !== undefined){
let data60 = data58.members;
if(!((data60 === "keep") || (data60 === "remove"))){
const err147 = {instancePath:instancePath+"/removed/" + i13+"/members",schemaPath:"#/$defs/members/enum",keyword:"enum",params:{allowedValues: schema149.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data58.maxRemovals !== undefined){
let data61 = data58.maxRemovals;
if(data61 && typeof data61 == "object" && !Array.isArray(data61)){
if(Object.keys(data61).length < 1){
const err148 = {instancePath:instancePath+"/removed/" + i13+"/maxRemovals",schemaPath:"#/$defs/limit/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
for(const key18 in data61){
if(!((key18 === "count") || (key18 === "share"))){
const err149 = {instancePath:instancePath+"/removed/" + i13+"/maxRemovals",schemaPath:"#/$defs/limit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key18},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
if(data61.count !== undefined){
let data62 = data61.count;
if(!(((typeof data62 == "number") && (!(data62 % 1) && !isNaN(data62))) && (isFinite(data62)))){
const err150 = {instancePath:instancePath+"/removed/" + i13+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if((typeof data62 == "number") && (isFinite(data62))){
if(data62 < 0 || isNaN(data62)){
const err151 = {instancePath:instancePath+"/removed/" + i13+"/maxRemovals/count",schemaPath:"#/$defs/limit/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
if(data61.share !== undefined){
let data63 = data61.share;
if(typeof data63 === "string"){
if(!pattern34.test(data63)){
const err152 = {instancePath:instancePath+"/removed/" + i13+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/pattern",keyword:"pattern",params:{pattern: "^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"},message:"must match pattern \""+"^(100(\\.0+)?|[0-9]{1,2}(\\.[0-9]+)?)\\s?%$"+"\""};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
else {
const err153 = {instancePath:instancePath+"/removed/" + i13+"/maxRemovals/share",schemaPath:"#/$defs/limit/properties/share/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
}
else {
const err154 = {instancePath:instancePath+"/removed/" + i13+"/maxRemovals",schemaPath:"#/$defs/limit/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
}
else {
const err155 = {instancePath:instancePath+"/removed/" + i13,schemaPath:"#/properties/removed/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
}
}
else {
const err156 = {instancePath:instancePath+"/removed",schemaPath:"#/properties/removed/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
if(data.notifiers !== undefined){
let data64 = data.notifiers;
if(data64 && typeof data64 == "object" && !Array.isArray(data64)){
for(const key19 in data64){
const _errs191 = errors;
if(typeof key19 === "string"){
if(!pattern24.test(key19)){
const err157 = {instancePath:instancePath+"/notifiers",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key19};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/notifiers",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key19};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
var valid64 = _errs191 === errors;
if(!valid64){
const err159 = {instancePath:instancePath+"/notifiers",schemaPath:"#/properties/notifiers/propertyNames",keyword:"propertyNames",params:{propertyName: key19},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
for(const key20 in data64){
if(!(validate96(data64[key20], {instancePath:instancePath+"/notifiers/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data64,parentDataProperty:key20,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate96.errors : appended(vErrors, validate96.errors);
errors = vErrors.length;
}
}
}
else {
const err160 = {instancePath:instancePath+"/notifiers",schemaPath:"#/properties/notifiers/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
}
if(data.environments !== undefined){
let data66 = data.environments;
if(data66 && typeof data66 == "object" && !Array.isArray(data66)){
if(Object.keys(data66).length < 1){
const err161 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
for(const key21 in data66){
const _errs198 = errors;
if(typeof key21 === "string"){
if(!pattern24.test(key21)){
const err162 = {instancePath:instancePath+"/environments",schemaPath:"#/$defs/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]{0,62}$"},message:"must match pattern \""+"^[A-Za-z][A-Za-z0-9_-]{0,62}$"+"\"",propertyName:key21};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
}
else {
const err163 = {instancePath:instancePath+"/environments",schemaPath:"#/$defs/name/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key21};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
var valid67 = _errs198 === errors;
if(!valid67){
const err164 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/propertyNames",keyword:"propertyNames",params:{propertyName: key21},message:"property name must be valid"};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
for(const key22 in data66){
if(!(validate104(data66[key22], {instancePath:instancePath+"/environments/" + key22.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data66,parentDataProperty:key22,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate104.errors : appended(vErrors, validate104.errors);
errors = vErrors.length;
}
}
}
else {
const err165 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
}
else {
const err166 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

function appended(all, more) {
  for (const one of more) all.push(one);
  return all;
}
