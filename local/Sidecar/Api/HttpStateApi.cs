using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Sidecar.Apps;
using Sidecar.State;
using static Dapr.Client.Autogen.Grpc.v1.StateOptions.Types;

namespace Sidecar.Api;

/// <summary>The state building block on HTTP: JSON in and out, the same requests as on gRPC inside.</summary>
internal static class HttpStateApi
{
    private static readonly string[] Write = [HttpMethods.Post, HttpMethods.Put];

    public static void MapState(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1.0/state/{store}");
        group.MapGet("/{key}", Get);
        group.MapMethods("/", Write, Save);
        group.MapMethods("/bulk", Write, GetBulk);
        group.MapMethods("/transaction", Write, Transact);
        group.MapDelete("/{key}", Delete);
    }

    private static Task<IResult> Get(HttpContext context, string store, string key, StateApi state) =>
        HttpErrors.StateAsync("ERR_STATE_GET", async () =>
    {
        var found = await state.GetAsync(App(context), new GetStateRequest { StoreName = store, Key = key }, context.RequestAborted);
        if (found.Etag.Length == 0)
        {
            return Results.NoContent();
        }

        context.Response.Headers.ETag = found.Etag;
        foreach (var (name, value) in found.Metadata)
        {
            context.Response.Headers[$"metadata.{name}"] = value;
        }

        return Results.Bytes(found.Data.Memory, "application/json");
    });

    private static Task<IResult> Save(HttpContext context, string store, StateApi state) =>
        HttpErrors.StateAsync("ERR_STATE_SAVE", async () =>
    {
        var items = await JsonBody.ReadAsync<List<JsonItem?>>(context);
        var request = new SaveStateRequest { StoreName = store, States = { items.Select(item => item?.ToWire() ?? new StateItem()) } };
        await state.SaveAsync(App(context), request, context.RequestAborted);
        return Results.NoContent();
    });

    private static Task<IResult> Delete(HttpContext context, string store, string key, string? concurrency, StateApi state) =>
        HttpErrors.StateAsync("ERR_STATE_DELETE", async () =>
        {
            var item = new JsonItem(key, null, context.Request.Headers.IfMatch, null, new JsonOptions(concurrency, null)).ToWire();
            var request = new DeleteStateRequest { StoreName = store, Key = key, Etag = item.Etag, Options = item.Options };
            await state.DeleteAsync(App(context), request, context.RequestAborted);
            return Results.NoContent();
        });

    private static Task<IResult> GetBulk(HttpContext context, string store, StateApi state) =>
        HttpErrors.StateAsync("ERR_STATE_BULK_GET", async () =>
    {
        var keys = (await JsonBody.ReadAsync<JsonKeys>(context)).Keys ?? [];
        var found = await state.GetBulkAsync(
            App(context), new GetBulkStateRequest { StoreName = store, Keys = { keys.Select(key => key ?? "") } }, context.RequestAborted);
        return Results.Json(found.Items.Select(item => new
        {
            key = item.Key,
            data = item.Data.IsEmpty ? (JsonElement?)null : ToJson(item.Data),
            etag = item.Etag.Length == 0 ? null : item.Etag,
            metadata = item.Metadata.Count == 0 ? null : item.Metadata,
        }));
    });

    private static Task<IResult> Transact(HttpContext context, string store, StateApi state) =>
        HttpErrors.StateAsync("ERR_STATE_TRANSACTION", async () =>
        {
            var request = new ExecuteStateTransactionRequest { StoreName = store };
            var transaction = await JsonBody.ReadAsync<JsonTransaction>(context);
            request.Operations.AddRange((transaction.Operations ?? []).Select(operation => new TransactionalStateOperation
            {
                OperationType = operation?.Operation ?? "",
                Request = operation?.Request?.ToWire() ?? new StateItem(),
            }));
            await state.ExecuteAsync(App(context), request, context.RequestAborted);
            return Results.NoContent();
        });

    private static JsonElement ToJson(ByteString data)
    {
        try
        {
            using var document = JsonDocument.Parse(data.Memory);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(data.ToStringUtf8());
        }
    }

    private static string App(HttpContext context) => AppDirectory.Caller(context).AppId;

    private sealed record JsonKeys(List<string?>? Keys);

    private sealed record JsonTransaction(List<JsonOperation?>? Operations);

    private sealed record JsonOperation(string? Operation, JsonItem? Request);

    private sealed record JsonOptions(string? Concurrency, string? Consistency);

    private sealed record JsonItem(
        string? Key, JsonElement? Value, string? Etag, Dictionary<string, string>? Metadata, JsonOptions? Options)
    {
        public StateItem ToWire()
        {
            var item = new StateItem
            {
                Key = Key ?? "",
                Value = Value is { } value ? ByteString.CopyFromUtf8(value.GetRawText()) : ByteString.Empty,
                Options = new StateOptions
                {
                    Concurrency = Options?.Concurrency switch
                    {
                        "first-write" => StateConcurrency.ConcurrencyFirstWrite,
                        "last-write" => StateConcurrency.ConcurrencyLastWrite,
                        _ => StateConcurrency.ConcurrencyUnspecified,
                    },
                },
            };
            if (!string.IsNullOrEmpty(Etag))
            {
                item.Etag = new Etag { Value = Etag };
            }

            item.Metadata.Add(Metadata ?? []);
            return item;
        }
    }
}
