using System.Text.Json;
using Orchestration.Domain.Planning;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Planning;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "2.0", "")]
    [InlineData("""{"type":"integer"}""", "2.5", ": integer is expected, found number")]
    [InlineData("""{"type":["string","null"]}""", "null", "")]
    [InlineData("""{"type":["string","null"]}""", "true", ": string or null is expected, found boolean")]
    [InlineData("""{"required":["a","b"]}""", """{"a":1}""", ": 'b' is missing")]
    [InlineData("""{"properties":{"a":{"items":{"type":"string"}}}}""", """{"a":["x",1]}""", ".a[1]: string is expected, found number")]
    [InlineData("""{"additionalProperties":{"type":"number"}}""", """{"a":"x"}""", ".a: number is expected, found string")]
    [InlineData("""{"properties":{"name":{}},"additionalProperties":false}""", """{"nmae":1}""",
        ".nmae: unknown field 'nmae'; did you mean 'name'?")]
    [InlineData("""{"enum":["red","green"]}""", "\"gren\"", ": \"gren\" is not one of red, green; did you mean 'green'?")]
    [InlineData("""{"const":3}""", "4", ": 3 is expected")]
    [InlineData("""{"minimum":1,"maximum":2.5}""", "3", ": at most 2.5 expected")]
    [InlineData("""{"minLength":2}""", "\"a\"", ": at least 2 characters expected")]
    [InlineData("""{"maxItems":1}""", "[1,2]", ": at most 1 items expected")]
    [InlineData("""{"pattern":"^[a-z]+$"}""", "\"A\"", ": the text does not match ^[a-z]+$")]
    [InlineData("""{"pattern":"("}""", "\"A\"", "")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "3", ": the value matches none of the alternatives")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "7", "")]
    [InlineData("""{"properties":{"x":false}}""", """{"x":1}""", ".x: no value is allowed here")]
    [InlineData("""{"unknownKeyword":1}""", "1", "")]
    [InlineData("true", "1", "")]
    public void Check_Value_FindsWhatDoesNotFit(string schema, string value, string expected) => Assert.Equal(
        expected,
        string.Join("; ", JsonSchema.Check(JsonElement.Parse(schema), JsonElement.Parse(value))
            .Select(problem => $"{problem.Path}: {problem.Message}")));

    [Fact]
    public void Check_Template_SkipsExpressions() => Assert.Empty(JsonSchema.Check(
        JsonElement.Parse("""{"properties":{"n":{"type":"number"},"e":{"enum":["a"]}}}"""),
        new Template(JsonElement.Parse("""{"n":"${{ inputs.n }}","e":"x${{ inputs.e }}"}"""))));
}
