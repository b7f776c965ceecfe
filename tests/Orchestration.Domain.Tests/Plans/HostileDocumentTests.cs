using FsCheck;
using FsCheck.Fluent;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Tests.Plans;

/// <summary>Documents made to break the reader are refused with a problem, in bounded time and memory.</summary>
public sealed class HostileDocumentTests
{
    public static TheoryData<string, string> Documents => new()
    {
        { "aliases", "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nsteps: *c" },
        { "deep flow", new string('[', 100_000) },
        { "deep JSON", "{\"id\":" + new string('[', 100_000) },
        { "deep mappings", string.Concat(Enumerable.Repeat("{a: ", 50_000)) },
        { "deep blocks", string.Concat(Enumerable.Range(0, 200).Select(i => new string(' ', i) + "a:\n")) },
        { "deep keys", string.Concat(Enumerable.Repeat("? ", 50_000)) },
        { "deep dashes", string.Concat(Enumerable.Repeat("- ", 100_000)) },
        { "oversized", new string('x', 2 * 1024 * 1024) },
        { "many nodes", "[" + string.Concat(Enumerable.Repeat("1,", 300_000)) + "1]" },
        { "long string", "id: p\ndescription: \"" + new string('x', 300_000) + "\"" },
        { "long key", "id: p\n" + new string('k', 300_000) + ": 1" },
        { "half a surrogate pair", "{\"id\": \"\\ud83d\", \"steps\": []}" },
        { "nothing but colons", string.Concat(Enumerable.Repeat(": ", 100_000)) },
        { "unclosed quotes", "id: \"" + string.Concat(Enumerable.Repeat("a\n", 100_000)) },
        { "control characters", "id: \u0001\u0002\0" },
        { "percent directives", string.Concat(Enumerable.Repeat("%TAG ! x\n", 10_000)) },
        { "unknown fields", "id: p\nsteps: {a: {agent: b}}\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"field{i}: 1\n")) },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Reader_HostileDocument_IsRefused(string name, string text)
    {
        PlanReading reading = PlanReader.Read(text);

        Assert.True(reading.Plan is null, name);
        Assert.InRange(reading.Problems.Length, 1, 1001);
    }

    [Fact]
    public void Reader_RandomDocuments_NeverThrow()
    {
        const string Alphabet = "{}[]:,-?&*!|>'\"%@` \n\tab1#~$";
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            string text = "id: p\n" + string.Concat(numbers.Select(number => Alphabet[(number & int.MaxValue) % Alphabet.Length]));
            return PlanReader.Read(text) is { } reading && (reading.Plan is not null || !reading.Problems.IsEmpty);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
