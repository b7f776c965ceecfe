using System.Text.Json;

namespace Orchestration.Domain.Plans;

/// <summary>Writes the canonical form of a plan; the order of the fields is part of the format.</summary>
internal static class PlanWriter
{
    internal static void Write(Utf8JsonWriter writer, Plan plan)
    {
        writer.WriteStartObject();
        writer.WriteString("id", plan.Id);
        WriteText(writer, "version", plan.Version, "1");
        WriteText(writer, "description", plan.Description, "");
        WriteInputs(writer, plan);
        writer.WriteStartArray("steps");
        foreach (PlanStep step in plan.Steps)
        {
            StepWriter.Write(writer, step);
        }

        writer.WriteEndArray();
        if (!plan.Parallel)
        {
            writer.WriteBoolean("parallel", false);
        }

        WriteDuration(writer, "timeout", plan.Timeout);
        if (plan.Priority != 0)
        {
            writer.WriteNumber("priority", plan.Priority);
        }

        if (plan.FallbackPlan is { } fallback)
        {
            writer.WritePropertyName("fallbackPlan");
            Write(writer, fallback);
        }

        WriteTemplate(writer, "output", plan.Output);
        WriteLabels(writer, plan);
        writer.WriteEndObject();
    }

    internal static void WriteText(Utf8JsonWriter writer, string name, string? value, string? @default = null)
    {
        if (value is not null && value != @default)
        {
            writer.WriteString(name, value);
        }
    }

    internal static void WriteTemplate(Utf8JsonWriter writer, string name, Template? template)
    {
        if (template is not null)
        {
            writer.WritePropertyName(name);
            template.Json.WriteTo(writer);
        }
    }

    /// <summary>Milliseconds.</summary>
    internal static void WriteDuration(Utf8JsonWriter writer, string name, TimeSpan? duration)
    {
        if (duration is { } given)
        {
            writer.WriteNumber(name, (decimal)given.Ticks / TimeSpan.TicksPerMillisecond);
        }
    }

    private static void WriteInputs(Utf8JsonWriter writer, Plan plan)
    {
        if (plan.Inputs.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("inputs");
        foreach (PlanInput input in plan.Inputs)
        {
            writer.WriteStartObject(input.Name);
            WriteText(writer, "type", input.Type, "any");
            if (input.Required != input.Default is null)
            {
                writer.WriteBoolean("required", input.Required);
            }

            WriteTemplate(writer, "default", input.Default);
            WriteText(writer, "description", input.Description, "");
            WriteSchema(writer, input.Schema);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter writer, JsonElement? schema)
    {
        if (schema is not { } given)
        {
            return;
        }

        foreach (JsonProperty constraint in given.EnumerateObject())
        {
            writer.WritePropertyName(constraint.Name == "required" ? "requiredProperties" : constraint.Name);
            constraint.Value.WriteTo(writer);
        }
    }

    private static void WriteLabels(Utf8JsonWriter writer, Plan plan)
    {
        if (plan.Labels.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject("labels");
        foreach ((string name, string value) in plan.Labels)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
