using System.Text.Json;
using System.Text.RegularExpressions;
using NJsonSchema;
using Orchestration.Domain.Plans;
using YamlDotNet.Serialization;

namespace Cli.Tests;

/// <summary>The published schema of the plan language says what the reader reads: every field, and no other.</summary>
public sealed partial class PlanSchemaTests
{
    private const string Stranger = "zzzzzzzzzzzzzzzz";
    private static readonly string SchemaFile = Path.Combine(Paths.Root, "docs", "plan.schema.json");

    /// <summary>Definition → a document with a field nobody knows at its place.</summary>
    private static readonly Dictionary<string, string> Places = new()
    {
        ["plan"] = "{ id: p, steps: [ { id: a, agent: b } ], @ }",
        ["step"] = "{ id: p, steps: [ { id: a, agent: b, @ } ] }",
        ["fallback"] = "{ id: p, steps: [ { id: a, agent: b, fallback: { agent: c, @ } } ] }",
        ["input"] = "{ id: p, inputs: { i: { type: any, @ } }, steps: [ { id: a, agent: b } ] }",
        ["defaults"] = "{ id: p, defaults: { @ }, steps: [ { id: a, agent: b } ] }",
        ["retryPolicy"] = "{ id: p, steps: [ { id: a, agent: b, retry: { @ } } ] }",
        ["linearBackoff"] = "{ id: p, steps: [ { id: a, agent: b, retry: { backoffMs: 1, @ } } ] }",
        ["forEachItems"] = "{ id: p, steps: [ { id: a, agent: b, forEach: { items: '[1]', @ } } ] }",
        ["waitForEvent"] = "{ id: p, steps: [ { id: a, waitFor: { event: e, @ } } ] }",
        ["planObject"] = "{ id: p, steps: [ { id: a, agentId: b } ], @ }",
        ["planObjectStep"] = "{ id: p, steps: [ { id: a, agentId: b, @ } ] }",
        ["planObjectFallback"] = "{ id: p, steps: [ { id: a, agentId: b, fallback: { agentId: c, @ } } ] }",
        ["workflowDocument"] = "{ workflow: { name: p, steps: [ { name: a } ] }, @ }",
        ["workflow"] = "{ workflow: { name: p, steps: [ { name: a } ], @ } }",
        ["workflowStep"] = "{ workflow: { name: p, steps: [ { name: a, @ } ] } }",
        ["workflowFallback"] = "{ workflow: { name: p, steps: [ { name: a, fallback: { agent: c, @ } } ] } }",
    };

    public static TheoryData<string> Definitions => [.. Places.Keys];

    public static TheoryData<string> Plans =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Paths.Root, "examples"), "*.yaml", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(
                Path.Combine(Paths.Root, "tests", "Orchestration.Domain.Tests"), "*.yaml", SearchOption.AllDirectories))
            .Where(file => PlanStart().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Paths.Root, file)),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The reader names the fields it knows when it refuses one it does not.</summary>
    [Theory]
    [MemberData(nameof(Definitions))]
    public async Task Definition_HasTheFieldsOfTheReaderAndNoOther(string definition)
    {
        using var schema = JsonDocument.Parse(await File.ReadAllBytesAsync(SchemaFile, Stop));
        var published = schema.RootElement.GetProperty("definitions").GetProperty(definition);
        var message = PlanReader.Read(Document(definition, Stranger)).Problems.Single(problem =>
            problem.Code == ProblemCode.UnknownField).Message;

        Assert.False(published.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(
            message[(message.IndexOf("known here: ", StringComparison.Ordinal) + "known here: ".Length)..].Split(", ").Order(),
            published.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order());
    }

    [Fact]
    public async Task Definitions_WithFields_AreAllCompared()
    {
        using var schema = JsonDocument.Parse(await File.ReadAllBytesAsync(SchemaFile, Stop));
        Assert.Equal(
            Places.Keys.Order(),
            schema.RootElement.GetProperty("definitions").EnumerateObject().Where(one => one.Value.TryGetProperty("properties", out _))
                .Select(one => one.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task Plan_ThatIsRead_FitsTheSchema(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Paths.Root, file), Stop);

        Assert.NotNull(PlanReader.Read(text).Plan);
        Assert.Empty(await ProblemsAsync(text));
    }

    [Fact]
    public async Task Language_ExamplesOfItsReference_FitTheSchema()
    {
        var reference = await File.ReadAllTextAsync(Path.Combine(Paths.Root, "docs", "plan-language.md"), Stop);
        var examples = Example().Matches(reference).Select(match => match.Groups["text"].Value).Where(text => PlanStart().IsMatch(text))
            .ToList();

        Assert.True(examples.Count >= 4);
        foreach (var example in examples)
        {
            Assert.True((await ProblemsAsync(example)).Count == 0, example);
        }
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public async Task Plan_WithAFieldNobodyKnows_DoesNotFit(string definition)
        => Assert.NotEmpty(await ProblemsAsync(Document(definition, Stranger)));

    [Theory]
    [InlineData("{ id: p, steps: [ { id: a, agent: b, timeout: soon } ] }")]
    [InlineData("{ id: p, steps: [ { id: a, agent: b, retry: { strategy: sometimes } } ] }")]
    [InlineData("{ id: p, priority: 101, steps: [ { id: a, agent: b } ] }")]
    [InlineData("{ id: p, inputs: { i: text }, steps: [ { id: a, agent: b } ] }")]
    [InlineData("{ id: p, steps: [ { agent: b } ] }")]
    [InlineData("{ id: p, steps: [] }")]
    [InlineData("{ id: p }")]
    public async Task Plan_ThatTheReaderRefuses_DoesNotFit(string text)
    {
        Assert.Null(PlanReader.Read(text).Plan);
        Assert.NotEmpty(await ProblemsAsync(text));
    }

    private static string Document(string definition, string field) =>
        Places[definition].Replace("@", $"{field}: 1", StringComparison.Ordinal);

    private static async Task<ICollection<NJsonSchema.Validation.ValidationError>> ProblemsAsync(string yaml)
    {
        var document = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        var schema = await JsonSchema.FromFileAsync(SchemaFile, Stop);
        return schema.Validate(JsonSerializer.Serialize(document));
    }

    [GeneratedRegex(@"^\s*(""?steps""?|workflow):", RegexOptions.Multiline)]
    private static partial Regex PlanStart();

    [GeneratedRegex("^```(yaml|json)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
