using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orchestration.Domain.Plans;

namespace Orchestration.Domain.Execution;

/// <summary>
/// The stored form of a plan that was accepted: with every named sub-plan in place, so that a run sees the same plan from
/// its first step to its last.
/// </summary>
public static class FrozenPlan
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new TemplateConverter(), new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameCases } },
    };

    /// <summary>UTF-8 JSON of the plan. The same plan gives the same bytes.</summary>
    public static byte[] Write(Plan plan) => JsonSerializer.SerializeToUtf8Bytes(plan, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static Plan Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<Plan>(json, Options) ?? throw new JsonException("the plan is null");

    private static void NameCases(JsonTypeInfo type)
    {
        if (type.Type == typeof(StepWork))
        {
            type.PolymorphismOptions = Cases(
                new JsonDerivedType(typeof(StepWork.CallAgent), "agent"),
                new JsonDerivedType(typeof(StepWork.RunPlan), "plan"),
                new JsonDerivedType(typeof(StepWork.Delay), "delay"),
                new JsonDerivedType(typeof(StepWork.WaitFor), "event"));
        }
        else if (type.Type == typeof(Fallback))
        {
            type.PolymorphismOptions = Cases(
                new JsonDerivedType(typeof(Fallback.OtherAgent), "agent"),
                new JsonDerivedType(typeof(Fallback.Value), "value"),
                new JsonDerivedType(typeof(Fallback.OtherPlan), "plan"));
        }
    }

    private static JsonPolymorphismOptions Cases(params ReadOnlySpan<JsonDerivedType> cases)
    {
        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var known in cases)
        {
            options.DerivedTypes.Add(known);
        }

        return options;
    }

    private sealed class TemplateConverter : JsonConverter<Template>
    {
        public override Template Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, Template value, JsonSerializerOptions options) => value.Json.WriteTo(writer);
    }
}
