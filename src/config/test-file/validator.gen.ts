// Generated from schemas/test.schema.json by `npm run generate`. Do not edit.
// @ts-nocheck

export const validate = validate20;
export default validate20;
const schema31 = {"$id":"test.schema.json","type":"object","additionalProperties":false,"required":["cases"],"properties":{"now":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"},"sources":{"type":"object","additionalProperties":{"type":"array","items":{"type":"object","additionalProperties":{"type":["string","number","boolean","null"]}}}},"addresses":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string","minLength":1}}},"fields":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string","enum":["text","number","date","boolean"]}},{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"required":["type","choices"],"properties":{"type":{"const":"choice"},"choices":{"type":"array","minItems":1,"items":{"type":"string"}}}}}]}}},"cases":{"type":"array","minItems":1,"items":{"type":"object","additionalProperties":false,"required":["name","expect"],"properties":{"name":{"type":"string","minLength":1},"given":{"type":"object","additionalProperties":false,"properties":{"now":{"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"},"sources":{"type":"object","additionalProperties":{"type":"array","items":{"type":"object","additionalProperties":{"type":["string","number","boolean","null"]}}}},"add":{"type":"object","additionalProperties":{"type":"array","items":{"type":"object","additionalProperties":{"type":["string","number","boolean","null"]}}}},"addresses":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string","minLength":1}}},"optedOut":{"type":"array","items":{"type":"string","minLength":1}},"forgotten":{"type":"array","items":{"type":"string","minLength":1}},"recorded":{"type":"object","additionalProperties":{"type":"array","items":{"type":["string","object"],"allOf":[{"if":{"type":"string"},"then":{"type":"string"}},{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"required":["email"],"properties":{"email":{"type":"string","minLength":1},"id":{"type":"string","minLength":1},"values":{"type":"object","additionalProperties":{"type":["string","number","boolean","null"]}}}}}]}}}}},"expect":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"segments":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"members":{"type":"array","items":{"type":"string","minLength":1}},"includes":{"type":"array","items":{"type":"string","minLength":1}},"excludes":{"type":"array","items":{"type":"string","minLength":1}},"count":{"type":"integer","minimum":0}}}},"exports":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"members":{"type":"array","items":{"type":"string","minLength":1}},"includes":{"type":"array","items":{"type":"string","minLength":1}},"excludes":{"type":"array","items":{"type":"string","minLength":1}},"count":{"type":"integer","minimum":0},"mapped":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":["string","number","boolean","null"]}}},"heldBack":{"type":"object","additionalProperties":{"type":"string","enum":["invalid","forgotten","suppressed","no consent","opted out","address changed after opt-out"]}},"plan":{"type":"object","additionalProperties":false,"minProperties":1,"properties":{"add":{"type":"integer","minimum":0},"update":{"type":"integer","minimum":0},"remove":{"type":"integer","minimum":0},"unchanged":{"type":"integer","minimum":0},"left":{"type":"integer","minimum":0},"heldBack":{"type":"object","additionalProperties":false,"properties":{"invalid":{"type":"integer","minimum":0},"forgotten":{"type":"integer","minimum":0},"suppressed":{"type":"integer","minimum":0},"no consent":{"type":"integer","minimum":0},"opted out":{"type":"integer","minimum":0},"address changed after opt-out":{"type":"integer","minimum":0}}}}},"badValues":{"type":"object","additionalProperties":{"type":"integer","minimum":0}}}}}}}}}}}};
const pattern4 = new RegExp("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="test.schema.json" */;
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
if(data.cases === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "cases"},message:"must have required property '"+"cases"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(((((key0 === "now") || (key0 === "sources")) || (key0 === "addresses")) || (key0 === "fields")) || (key0 === "cases"))){
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
if(data.now !== undefined){
let data0 = data.now;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err2 = {instancePath:instancePath+"/now",schemaPath:"#/properties/now/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"+"\""};
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
const err3 = {instancePath:instancePath+"/now",schemaPath:"#/properties/now/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.sources !== undefined){
let data1 = data.sources;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
let data2 = data1[key1];
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 in data3){
let data4 = data3[key2];
if((((typeof data4 !== "string") && (!((typeof data4 == "number") && (isFinite(data4))))) && (typeof data4 !== "boolean")) && (data4 !== null)){
const err4 = {instancePath:instancePath+"/sources/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0+"/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/sources/additionalProperties/items/additionalProperties/type",keyword:"type",params:{type: schema31.properties.sources.additionalProperties.items.additionalProperties.type},message:"must be string,number,boolean,null"};
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
const err5 = {instancePath:instancePath+"/sources/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/properties/sources/additionalProperties/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err6 = {instancePath:instancePath+"/sources/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/sources/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err7 = {instancePath:instancePath+"/sources",schemaPath:"#/properties/sources/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.addresses !== undefined){
let data5 = data.addresses;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key3 in data5){
let data6 = data5[key3];
if(Array.isArray(data6)){
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
let data7 = data6[i1];
if(typeof data7 === "string"){
if(data7.length < 1){
const err8 = {instancePath:instancePath+"/addresses/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/properties/addresses/additionalProperties/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err9 = {instancePath:instancePath+"/addresses/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i1,schemaPath:"#/properties/addresses/additionalProperties/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err10 = {instancePath:instancePath+"/addresses/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/addresses/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/addresses",schemaPath:"#/properties/addresses/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.fields !== undefined){
let data8 = data.fields;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key4 in data8){
let data9 = data8[key4];
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key5 in data9){
let data10 = data9[key5];
if((typeof data10 !== "string") && (!(data10 && typeof data10 == "object" && !Array.isArray(data10)))){
const err12 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/type",keyword:"type",params:{type: schema31.properties.fields.additionalProperties.additionalProperties.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const _errs30 = errors;
let valid11 = true;
const _errs31 = errors;
if(typeof data10 !== "string"){
const err13 = {};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid0 = _errs31 === errors;
errors = _errs30;
if(vErrors !== null){
if(_errs30){
vErrors.length = _errs30;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs33 = errors;
if(typeof data10 !== "string"){
const err14 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(!((((data10 === "text") || (data10 === "number")) || (data10 === "date")) || (data10 === "boolean"))){
const err15 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/0/then/enum",keyword:"enum",params:{allowedValues: schema31.properties.fields.additionalProperties.additionalProperties.allOf[0].then.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
var _valid0 = _errs33 === errors;
valid11 = _valid0;
}
if(!valid11){
const err16 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
const _errs36 = errors;
let valid12 = true;
const _errs37 = errors;
if(!(data10 && typeof data10 == "object" && !Array.isArray(data10))){
const err17 = {};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
var _valid1 = _errs37 === errors;
errors = _errs36;
if(vErrors !== null){
if(_errs36){
vErrors.length = _errs36;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs39 = errors;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
if(data10.type === undefined){
const err18 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/required",keyword:"required",params:{missingProperty: "type"},message:"must have required property '"+"type"+"'"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(data10.choices === undefined){
const err19 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/required",keyword:"required",params:{missingProperty: "choices"},message:"must have required property '"+"choices"+"'"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key6 in data10){
if(!((key6 === "type") || (key6 === "choices"))){
const err20 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data10.type !== undefined){
if("choice" !== data10.type){
const err21 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/properties/type/const",keyword:"const",params:{allowedValue: "choice"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data10.choices !== undefined){
let data12 = data10.choices;
if(Array.isArray(data12)){
if(data12.length < 1){
const err22 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/choices",schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/properties/choices/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
const len2 = data12.length;
for(let i2=0; i2<len2; i2++){
if(typeof data12[i2] !== "string"){
const err23 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/choices/" + i2,schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/properties/choices/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err24 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1")+"/choices",schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/properties/choices/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err25 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/then/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
var _valid1 = _errs39 === errors;
valid12 = _valid1;
}
if(!valid12){
const err26 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/additionalProperties/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
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
const err27 = {instancePath:instancePath+"/fields/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/fields/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err28 = {instancePath:instancePath+"/fields",schemaPath:"#/properties/fields/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data.cases !== undefined){
let data14 = data.cases;
if(Array.isArray(data14)){
if(data14.length < 1){
const err29 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
let data15 = data14[i3];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.name === undefined){
const err30 = {instancePath:instancePath+"/cases/" + i3,schemaPath:"#/properties/cases/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data15.expect === undefined){
const err31 = {instancePath:instancePath+"/cases/" + i3,schemaPath:"#/properties/cases/items/required",keyword:"required",params:{missingProperty: "expect"},message:"must have required property '"+"expect"+"'"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
for(const key7 in data15){
if(!(((key7 === "name") || (key7 === "given")) || (key7 === "expect"))){
const err32 = {instancePath:instancePath+"/cases/" + i3,schemaPath:"#/properties/cases/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data15.name !== undefined){
let data16 = data15.name;
if(typeof data16 === "string"){
if(data16.length < 1){
const err33 = {instancePath:instancePath+"/cases/" + i3+"/name",schemaPath:"#/properties/cases/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err34 = {instancePath:instancePath+"/cases/" + i3+"/name",schemaPath:"#/properties/cases/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data15.given !== undefined){
let data17 = data15.given;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key8 in data17){
if(!(((((((key8 === "now") || (key8 === "sources")) || (key8 === "add")) || (key8 === "addresses")) || (key8 === "optedOut")) || (key8 === "forgotten")) || (key8 === "recorded"))){
const err35 = {instancePath:instancePath+"/cases/" + i3+"/given",schemaPath:"#/properties/cases/items/properties/given/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data17.now !== undefined){
let data18 = data17.now;
if(typeof data18 === "string"){
if(!pattern4.test(data18)){
const err36 = {instancePath:instancePath+"/cases/" + i3+"/given/now",schemaPath:"#/properties/cases/items/properties/given/properties/now/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"},message:"must match pattern \""+"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"+"\""};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/cases/" + i3+"/given/now",schemaPath:"#/properties/cases/items/properties/given/properties/now/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data17.sources !== undefined){
let data19 = data17.sources;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key9 in data19){
let data20 = data19[key9];
if(Array.isArray(data20)){
const len4 = data20.length;
for(let i4=0; i4<len4; i4++){
let data21 = data20[i4];
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key10 in data21){
let data22 = data21[key10];
if((((typeof data22 !== "string") && (!((typeof data22 == "number") && (isFinite(data22))))) && (typeof data22 !== "boolean")) && (data22 !== null)){
const err38 = {instancePath:instancePath+"/cases/" + i3+"/given/sources/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i4+"/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/given/properties/sources/additionalProperties/items/additionalProperties/type",keyword:"type",params:{type: schema31.properties.cases.items.properties.given.properties.sources.additionalProperties.items.additionalProperties.type},message:"must be string,number,boolean,null"};
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
const err39 = {instancePath:instancePath+"/cases/" + i3+"/given/sources/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i4,schemaPath:"#/properties/cases/items/properties/given/properties/sources/additionalProperties/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err40 = {instancePath:instancePath+"/cases/" + i3+"/given/sources/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/given/properties/sources/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err41 = {instancePath:instancePath+"/cases/" + i3+"/given/sources",schemaPath:"#/properties/cases/items/properties/given/properties/sources/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data17.add !== undefined){
let data23 = data17.add;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
for(const key11 in data23){
let data24 = data23[key11];
if(Array.isArray(data24)){
const len5 = data24.length;
for(let i5=0; i5<len5; i5++){
let data25 = data24[i5];
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key12 in data25){
let data26 = data25[key12];
if((((typeof data26 !== "string") && (!((typeof data26 == "number") && (isFinite(data26))))) && (typeof data26 !== "boolean")) && (data26 !== null)){
const err42 = {instancePath:instancePath+"/cases/" + i3+"/given/add/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i5+"/" + key12.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/given/properties/add/additionalProperties/items/additionalProperties/type",keyword:"type",params:{type: schema31.properties.cases.items.properties.given.properties.add.additionalProperties.items.additionalProperties.type},message:"must be string,number,boolean,null"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/cases/" + i3+"/given/add/" + key11.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i5,schemaPath:"#/properties/cases/items/properties/given/properties/add/additionalProperties/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/cases/" + i3+"/given/add/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/given/properties/add/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err45 = {instancePath:instancePath+"/cases/" + i3+"/given/add",schemaPath:"#/properties/cases/items/properties/given/properties/add/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data17.addresses !== undefined){
let data27 = data17.addresses;
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key13 in data27){
let data28 = data27[key13];
if(Array.isArray(data28)){
const len6 = data28.length;
for(let i6=0; i6<len6; i6++){
let data29 = data28[i6];
if(typeof data29 === "string"){
if(data29.length < 1){
const err46 = {instancePath:instancePath+"/cases/" + i3+"/given/addresses/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i6,schemaPath:"#/properties/cases/items/properties/given/properties/addresses/additionalProperties/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err47 = {instancePath:instancePath+"/cases/" + i3+"/given/addresses/" + key13.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i6,schemaPath:"#/properties/cases/items/properties/given/properties/addresses/additionalProperties/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err48 = {instancePath:instancePath+"/cases/" + i3+"/given/addresses/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/given/properties/addresses/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err49 = {instancePath:instancePath+"/cases/" + i3+"/given/addresses",schemaPath:"#/properties/cases/items/properties/given/properties/addresses/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data17.optedOut !== undefined){
let data30 = data17.optedOut;
if(Array.isArray(data30)){
const len7 = data30.length;
for(let i7=0; i7<len7; i7++){
let data31 = data30[i7];
if(typeof data31 === "string"){
if(data31.length < 1){
const err50 = {instancePath:instancePath+"/cases/" + i3+"/given/optedOut/" + i7,schemaPath:"#/properties/cases/items/properties/given/properties/optedOut/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err51 = {instancePath:instancePath+"/cases/" + i3+"/given/optedOut/" + i7,schemaPath:"#/properties/cases/items/properties/given/properties/optedOut/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err52 = {instancePath:instancePath+"/cases/" + i3+"/given/optedOut",schemaPath:"#/properties/cases/items/properties/given/properties/optedOut/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data17.forgotten !== undefined){
let data32 = data17.forgotten;
if(Array.isArray(data32)){
const len8 = data32.length;
for(let i8=0; i8<len8; i8++){
let data33 = data32[i8];
if(typeof data33 === "string"){
if(data33.length < 1){
const err53 = {instancePath:instancePath+"/cases/" + i3+"/given/forgotten/" + i8,schemaPath:"#/properties/cases/items/properties/given/properties/forgotten/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err54 = {instancePath:instancePath+"/cases/" + i3+"/given/forgotten/" + i8,schemaPath:"#/properties/cases/items/properties/given/properties/forgotten/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err55 = {instancePath:instancePath+"/cases/" + i3+"/given/forgotten",schemaPath:"#/properties/cases/items/properties/given/properties/forgotten/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data17.recorded !== undefined){
let data34 = data17.recorded;
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
for(const key14 in data34){
let data35 = data34[key14];
if(Array.isArray(data35)){
const len9 = data35.length;
for(let i9=0; i9<len9; i9++){
let data36 = data35[i9];
if((typeof data36 !== "string") && (!(data36 && typeof data36 == "object" && !Array.isArray(data36)))){
const err56 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9,schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/type",keyword:"type",params:{type: schema31.properties.cases.items.properties.given.properties.recorded.additionalProperties.items.type},message:"must be string,object"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
const _errs102 = errors;
let valid39 = true;
const _errs103 = errors;
if(typeof data36 !== "string"){
const err57 = {};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
var _valid2 = _errs103 === errors;
errors = _errs102;
if(vErrors !== null){
if(_errs102){
vErrors.length = _errs102;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs105 = errors;
if(typeof data36 !== "string"){
const err58 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9,schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/0/then/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
var _valid2 = _errs105 === errors;
valid39 = _valid2;
}
if(!valid39){
const err59 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9,schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
const _errs108 = errors;
let valid40 = true;
const _errs109 = errors;
if(!(data36 && typeof data36 == "object" && !Array.isArray(data36))){
const err60 = {};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
var _valid3 = _errs109 === errors;
errors = _errs108;
if(vErrors !== null){
if(_errs108){
vErrors.length = _errs108;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs111 = errors;
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
if(data36.email === undefined){
const err61 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9,schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/required",keyword:"required",params:{missingProperty: "email"},message:"must have required property '"+"email"+"'"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
for(const key15 in data36){
if(!(((key15 === "email") || (key15 === "id")) || (key15 === "values"))){
const err62 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9,schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data36.email !== undefined){
let data37 = data36.email;
if(typeof data37 === "string"){
if(data37.length < 1){
const err63 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9+"/email",schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/properties/email/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9+"/email",schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/properties/email/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data36.id !== undefined){
let data38 = data36.id;
if(typeof data38 === "string"){
if(data38.length < 1){
const err65 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9+"/id",schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/properties/id/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
else {
const err66 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9+"/id",schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/properties/id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
if(data36.values !== undefined){
let data39 = data36.values;
if(data39 && typeof data39 == "object" && !Array.isArray(data39)){
for(const key16 in data39){
let data40 = data39[key16];
if((((typeof data40 !== "string") && (!((typeof data40 == "number") && (isFinite(data40))))) && (typeof data40 !== "boolean")) && (data40 !== null)){
const err67 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9+"/values/" + key16.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/properties/values/additionalProperties/type",keyword:"type",params:{type: schema31.properties.cases.items.properties.given.properties.recorded.additionalProperties.items.allOf[1].then.properties.values.additionalProperties.type},message:"must be string,number,boolean,null"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
else {
const err68 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9+"/values",schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/properties/values/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9,schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/then/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
var _valid3 = _errs111 === errors;
valid40 = _valid3;
}
if(!valid40){
const err70 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i9,schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/items/allOf/1/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
}
else {
const err71 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/given/properties/recorded/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err72 = {instancePath:instancePath+"/cases/" + i3+"/given/recorded",schemaPath:"#/properties/cases/items/properties/given/properties/recorded/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/cases/" + i3+"/given",schemaPath:"#/properties/cases/items/properties/given/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data15.expect !== undefined){
let data41 = data15.expect;
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
if(Object.keys(data41).length < 1){
const err74 = {instancePath:instancePath+"/cases/" + i3+"/expect",schemaPath:"#/properties/cases/items/properties/expect/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
for(const key17 in data41){
if(!((key17 === "segments") || (key17 === "exports"))){
const err75 = {instancePath:instancePath+"/cases/" + i3+"/expect",schemaPath:"#/properties/cases/items/properties/expect/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data41.segments !== undefined){
let data42 = data41.segments;
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
for(const key18 in data42){
let data43 = data42[key18];
if(data43 && typeof data43 == "object" && !Array.isArray(data43)){
if(Object.keys(data43).length < 1){
const err76 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
for(const key19 in data43){
if(!((((key19 === "members") || (key19 === "includes")) || (key19 === "excludes")) || (key19 === "count"))){
const err77 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key19},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data43.members !== undefined){
let data44 = data43.members;
if(Array.isArray(data44)){
const len10 = data44.length;
for(let i10=0; i10<len10; i10++){
let data45 = data44[i10];
if(typeof data45 === "string"){
if(data45.length < 1){
const err78 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/members/" + i10,schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/members/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
else {
const err79 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/members/" + i10,schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/members/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
}
else {
const err80 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/members",schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/members/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data43.includes !== undefined){
let data46 = data43.includes;
if(Array.isArray(data46)){
const len11 = data46.length;
for(let i11=0; i11<len11; i11++){
let data47 = data46[i11];
if(typeof data47 === "string"){
if(data47.length < 1){
const err81 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/includes/" + i11,schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/includes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
else {
const err82 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/includes/" + i11,schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/includes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err83 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/includes",schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/includes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data43.excludes !== undefined){
let data48 = data43.excludes;
if(Array.isArray(data48)){
const len12 = data48.length;
for(let i12=0; i12<len12; i12++){
let data49 = data48[i12];
if(typeof data49 === "string"){
if(data49.length < 1){
const err84 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/excludes/" + i12,schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/excludes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
}
else {
const err85 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/excludes/" + i12,schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/excludes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err86 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/excludes",schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/excludes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data43.count !== undefined){
let data50 = data43.count;
if(!(((typeof data50 == "number") && (!(data50 % 1) && !isNaN(data50))) && (isFinite(data50)))){
const err87 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/count",schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if((typeof data50 == "number") && (isFinite(data50))){
if(data50 < 0 || isNaN(data50)){
const err88 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1")+"/count",schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
}
}
else {
const err89 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments/" + key18.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/segments/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
else {
const err90 = {instancePath:instancePath+"/cases/" + i3+"/expect/segments",schemaPath:"#/properties/cases/items/properties/expect/properties/segments/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
if(data41.exports !== undefined){
let data51 = data41.exports;
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
for(const key20 in data51){
let data52 = data51[key20];
if(data52 && typeof data52 == "object" && !Array.isArray(data52)){
if(Object.keys(data52).length < 1){
const err91 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
for(const key21 in data52){
if(!((((((((key21 === "members") || (key21 === "includes")) || (key21 === "excludes")) || (key21 === "count")) || (key21 === "mapped")) || (key21 === "heldBack")) || (key21 === "plan")) || (key21 === "badValues"))){
const err92 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key21},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data52.members !== undefined){
let data53 = data52.members;
if(Array.isArray(data53)){
const len13 = data53.length;
for(let i13=0; i13<len13; i13++){
let data54 = data53[i13];
if(typeof data54 === "string"){
if(data54.length < 1){
const err93 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/members/" + i13,schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/members/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
else {
const err94 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/members/" + i13,schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/members/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
else {
const err95 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/members",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/members/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data52.includes !== undefined){
let data55 = data52.includes;
if(Array.isArray(data55)){
const len14 = data55.length;
for(let i14=0; i14<len14; i14++){
let data56 = data55[i14];
if(typeof data56 === "string"){
if(data56.length < 1){
const err96 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/includes/" + i14,schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/includes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
else {
const err97 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/includes/" + i14,schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/includes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err98 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/includes",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/includes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data52.excludes !== undefined){
let data57 = data52.excludes;
if(Array.isArray(data57)){
const len15 = data57.length;
for(let i15=0; i15<len15; i15++){
let data58 = data57[i15];
if(typeof data58 === "string"){
if(data58.length < 1){
const err99 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/excludes/" + i15,schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/excludes/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err100 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/excludes/" + i15,schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/excludes/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
}
else {
const err101 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/excludes",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/excludes/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data52.count !== undefined){
let data59 = data52.count;
if(!(((typeof data59 == "number") && (!(data59 % 1) && !isNaN(data59))) && (isFinite(data59)))){
const err102 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/count",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/count/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
if((typeof data59 == "number") && (isFinite(data59))){
if(data59 < 0 || isNaN(data59)){
const err103 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/count",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/count/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
}
if(data52.mapped !== undefined){
let data60 = data52.mapped;
if(data60 && typeof data60 == "object" && !Array.isArray(data60)){
for(const key22 in data60){
let data61 = data60[key22];
if(data61 && typeof data61 == "object" && !Array.isArray(data61)){
for(const key23 in data61){
let data62 = data61[key23];
if((((typeof data62 !== "string") && (!((typeof data62 == "number") && (isFinite(data62))))) && (typeof data62 !== "boolean")) && (data62 !== null)){
const err104 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/mapped/" + key22.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + key23.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/mapped/additionalProperties/additionalProperties/type",keyword:"type",params:{type: schema31.properties.cases.items.properties.expect.properties.exports.additionalProperties.properties.mapped.additionalProperties.additionalProperties.type},message:"must be string,number,boolean,null"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
}
else {
const err105 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/mapped/" + key22.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/mapped/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
}
else {
const err106 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/mapped",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/mapped/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data52.heldBack !== undefined){
let data63 = data52.heldBack;
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
for(const key24 in data63){
let data64 = data63[key24];
if(typeof data64 !== "string"){
const err107 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/heldBack/" + key24.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/heldBack/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
if(!((((((data64 === "invalid") || (data64 === "forgotten")) || (data64 === "suppressed")) || (data64 === "no consent")) || (data64 === "opted out")) || (data64 === "address changed after opt-out"))){
const err108 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/heldBack/" + key24.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/heldBack/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema31.properties.cases.items.properties.expect.properties.exports.additionalProperties.properties.heldBack.additionalProperties.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
}
else {
const err109 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/heldBack",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/heldBack/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data52.plan !== undefined){
let data65 = data52.plan;
if(data65 && typeof data65 == "object" && !Array.isArray(data65)){
if(Object.keys(data65).length < 1){
const err110 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
for(const key25 in data65){
if(!((((((key25 === "add") || (key25 === "update")) || (key25 === "remove")) || (key25 === "unchanged")) || (key25 === "left")) || (key25 === "heldBack"))){
const err111 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key25},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
if(data65.add !== undefined){
let data66 = data65.add;
if(!(((typeof data66 == "number") && (!(data66 % 1) && !isNaN(data66))) && (isFinite(data66)))){
const err112 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/add",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/add/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
if((typeof data66 == "number") && (isFinite(data66))){
if(data66 < 0 || isNaN(data66)){
const err113 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/add",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/add/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
if(data65.update !== undefined){
let data67 = data65.update;
if(!(((typeof data67 == "number") && (!(data67 % 1) && !isNaN(data67))) && (isFinite(data67)))){
const err114 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/update",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/update/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
if((typeof data67 == "number") && (isFinite(data67))){
if(data67 < 0 || isNaN(data67)){
const err115 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/update",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/update/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
}
if(data65.remove !== undefined){
let data68 = data65.remove;
if(!(((typeof data68 == "number") && (!(data68 % 1) && !isNaN(data68))) && (isFinite(data68)))){
const err116 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/remove",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/remove/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
if((typeof data68 == "number") && (isFinite(data68))){
if(data68 < 0 || isNaN(data68)){
const err117 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/remove",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/remove/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
}
}
if(data65.unchanged !== undefined){
let data69 = data65.unchanged;
if(!(((typeof data69 == "number") && (!(data69 % 1) && !isNaN(data69))) && (isFinite(data69)))){
const err118 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/unchanged",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/unchanged/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
if((typeof data69 == "number") && (isFinite(data69))){
if(data69 < 0 || isNaN(data69)){
const err119 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/unchanged",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/unchanged/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
}
}
if(data65.left !== undefined){
let data70 = data65.left;
if(!(((typeof data70 == "number") && (!(data70 % 1) && !isNaN(data70))) && (isFinite(data70)))){
const err120 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/left",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/left/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
if((typeof data70 == "number") && (isFinite(data70))){
if(data70 < 0 || isNaN(data70)){
const err121 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/left",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/left/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
}
if(data65.heldBack !== undefined){
let data71 = data65.heldBack;
if(data71 && typeof data71 == "object" && !Array.isArray(data71)){
for(const key26 in data71){
if(!((((((key26 === "invalid") || (key26 === "forgotten")) || (key26 === "suppressed")) || (key26 === "no consent")) || (key26 === "opted out")) || (key26 === "address changed after opt-out"))){
const err122 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key26},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
if(data71.invalid !== undefined){
let data72 = data71.invalid;
if(!(((typeof data72 == "number") && (!(data72 % 1) && !isNaN(data72))) && (isFinite(data72)))){
const err123 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/invalid",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/invalid/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
if((typeof data72 == "number") && (isFinite(data72))){
if(data72 < 0 || isNaN(data72)){
const err124 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/invalid",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/invalid/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
}
if(data71.forgotten !== undefined){
let data73 = data71.forgotten;
if(!(((typeof data73 == "number") && (!(data73 % 1) && !isNaN(data73))) && (isFinite(data73)))){
const err125 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/forgotten",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/forgotten/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
if((typeof data73 == "number") && (isFinite(data73))){
if(data73 < 0 || isNaN(data73)){
const err126 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/forgotten",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/forgotten/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
}
}
if(data71.suppressed !== undefined){
let data74 = data71.suppressed;
if(!(((typeof data74 == "number") && (!(data74 % 1) && !isNaN(data74))) && (isFinite(data74)))){
const err127 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/suppressed",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/suppressed/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
if((typeof data74 == "number") && (isFinite(data74))){
if(data74 < 0 || isNaN(data74)){
const err128 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/suppressed",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/suppressed/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
}
if(data71["no consent"] !== undefined){
let data75 = data71["no consent"];
if(!(((typeof data75 == "number") && (!(data75 % 1) && !isNaN(data75))) && (isFinite(data75)))){
const err129 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/no consent",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/no%20consent/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
if((typeof data75 == "number") && (isFinite(data75))){
if(data75 < 0 || isNaN(data75)){
const err130 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/no consent",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/no%20consent/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
}
}
if(data71["opted out"] !== undefined){
let data76 = data71["opted out"];
if(!(((typeof data76 == "number") && (!(data76 % 1) && !isNaN(data76))) && (isFinite(data76)))){
const err131 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/opted out",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/opted%20out/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
if((typeof data76 == "number") && (isFinite(data76))){
if(data76 < 0 || isNaN(data76)){
const err132 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/opted out",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/opted%20out/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
}
if(data71["address changed after opt-out"] !== undefined){
let data77 = data71["address changed after opt-out"];
if(!(((typeof data77 == "number") && (!(data77 % 1) && !isNaN(data77))) && (isFinite(data77)))){
const err133 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/address changed after opt-out",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/address%20changed%20after%20opt-out/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
if((typeof data77 == "number") && (isFinite(data77))){
if(data77 < 0 || isNaN(data77)){
const err134 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack/address changed after opt-out",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/properties/address%20changed%20after%20opt-out/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
}
}
}
else {
const err135 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan/heldBack",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/properties/heldBack/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
}
}
else {
const err136 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/plan",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/plan/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(data52.badValues !== undefined){
let data78 = data52.badValues;
if(data78 && typeof data78 == "object" && !Array.isArray(data78)){
for(const key27 in data78){
let data79 = data78[key27];
if(!(((typeof data79 == "number") && (!(data79 % 1) && !isNaN(data79))) && (isFinite(data79)))){
const err137 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/badValues/" + key27.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/badValues/additionalProperties/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
if((typeof data79 == "number") && (isFinite(data79))){
if(data79 < 0 || isNaN(data79)){
const err138 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/badValues/" + key27.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/badValues/additionalProperties/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
}
}
else {
const err139 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1")+"/badValues",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/properties/badValues/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err140 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports/" + key20.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/cases/items/properties/expect/properties/exports/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err141 = {instancePath:instancePath+"/cases/" + i3+"/expect/exports",schemaPath:"#/properties/cases/items/properties/expect/properties/exports/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
}
else {
const err142 = {instancePath:instancePath+"/cases/" + i3+"/expect",schemaPath:"#/properties/cases/items/properties/expect/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
}
else {
const err143 = {instancePath:instancePath+"/cases/" + i3,schemaPath:"#/properties/cases/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
}
else {
const err144 = {instancePath:instancePath+"/cases",schemaPath:"#/properties/cases/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
}
else {
const err145 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
