using DocumentAgents.Facts;
using DocumentAgents.Layout;

namespace DocumentAgents.Trade.Print;

/// <summary>A sum that may be the one looked for.</summary>
internal readonly record struct SumCandidate(decimal Value, PageRow Row, double Score, bool IsBelow = false);

/// <summary>
/// Net, tax and gross of a printed document. Labels are ambiguous ("subtotal", "total"), so of all amounts with such labels those are taken
/// that add up.
/// </summary>
internal static class PrintedSums
{
    private const int Candidates = 14;

    // Every sum is tried with every other: a page made of numbers must not take for ever.
    private const int MostOfTable = 100;

    public static void Add(FieldList fields, Page page, string type)
    {
        var totals = Find(page, SumLabels.Gross);
        var gross = totals.Where(total => !SumText.IsWithoutTax(total.Row)).ToList();
        var net = Find(page, SumLabels.Net);
        net.AddRange(totals.Where(total => SumText.IsWithoutTax(total.Row) && net.All(known => known.Row != total.Row)));
        var tax = Find(page, SumLabels.Tax).Where(candidate => candidate.Value >= 0 || gross.Any(total => total.Value < 0)).ToList();
        AddVague(page, gross, net, tax);
        AddTableSums(page, gross, net, tax);
        var best = Best(gross, net, tax);
        if (!IsComplete(best) && RateSums.Find(page) is { } counted && counted.Gross.Value >= (best.Gross?.Value ?? 0) * 0.5m)
        {
            best = counted;
        }

        var paid = Find(page, SumLabels.Prepaid);
        best = best with { Gross = BeforePayments(best, gross, paid) };
        Add(fields, FieldName.NetTotal, best.Net);
        Add(fields, FieldName.TaxTotal, best.Tax);
        Add(fields, FieldName.GrossTotal, best.Gross);
        AddPayable(fields, page, best.Gross, paid);
        if (type is DocumentType.Reminder or DocumentType.RemittanceAdvice)
        {
            AddLargest(fields, page, type == DocumentType.Reminder ? FieldName.Payable : FieldName.Total, best.Gross);
        }
    }

    // "Amount: 100.00": the net where it gives the gross with the tax, the gross where there is nothing else.
    private static void AddVague(Page page, List<SumCandidate> gross, List<SumCandidate> net, List<SumCandidate> tax)
    {
        if (net.Count > 0)
        {
            return;
        }

        var vague = Find(page, SumLabels.Any).Where(sum => !sum.IsBelow).ToList();
        net.AddRange(vague.Where(sum => gross.Any(total => tax.Any(duty => sum.Value + duty.Value == total.Value))));
        gross.AddRange(gross.Count == 0 && tax.Count == 0 ? vague : []);
    }

    // What a letter asks for or announces is the largest amount in it, though it may stand in a sentence.
    private static void AddLargest(FieldList fields, Page page, string name, SumCandidate? gross)
    {
        var largest = page.Rows
            .SelectMany(row => page.Amounts(row.Text).Where(amount => amount.Decimals == 2 || amount.Currency is not null)
                .Select(amount => (amount.Value, Row: row)))
            .OrderByDescending(found => found.Value)
            .FirstOrDefault();
        if (!fields.Has(name) && (gross?.Row ?? largest.Row) is { } place)
        {
            fields.Add(name, gross?.Value ?? largest.Value, place.Place, gross is null ? 0.6 : 0.75);
        }
    }

    private static bool IsComplete((SumCandidate? Net, SumCandidate? Tax, SumCandidate? Gross) sums) =>
        sums is { Net: { } net, Tax: { } tax, Gross: { } gross } && Math.Abs(net.Value + tax.Value - gross.Value) <= 0.02m;

    // "Total 1000.00, deposit 300.00, balance due 700.00": what is left to pay is not the total.
    private static SumCandidate? BeforePayments(
        (SumCandidate? Net, SumCandidate? Tax, SumCandidate? Gross) best, List<SumCandidate> gross, List<SumCandidate> paid) =>
        best.Gross is not { } left || IsComplete(best) ? best.Gross
        : gross.Where(total => paid.Any(part => part.Value != 0 && IsRest(left, total, part))).Select(total => (SumCandidate?)total)
            .FirstOrDefault() ?? left;

    private static bool IsRest(SumCandidate left, SumCandidate total, SumCandidate paid) =>
        total.Value - Math.Abs(paid.Value) == left.Value;

    private static void AddPayable(FieldList fields, Page page, SumCandidate? gross, List<SumCandidate> prepaid)
    {
        var payable = Find(page, SumLabels.Payable);
        if (payable.Count > 0)
        {
            var known = payable.Where(candidate => gross is not { } total || candidate.Value == total.Value
                || prepaid.Exists(paid => IsRest(candidate, total, paid))).ToList();
            var due = (known.Count > 0 ? known : payable)[0];
            Add(fields, FieldName.Payable, due);
            var paid = prepaid.FindIndex(paid => gross is { } total && paid.Value != 0 && IsRest(due, total, paid));
            Add(fields, FieldName.Prepaid, paid < 0 ? null : prepaid[paid] with { Value = Math.Abs(prepaid[paid].Value) });
        }
        else if (gross is { } total && prepaid.Count == 0)
        {
            // Nothing was paid before, so all of it is due.
            fields.Add(FieldName.Payable, total.Value, total.Row.Place, 0.55);
        }
    }

    private static void Add(FieldList fields, string name, SumCandidate? sum)
    {
        if (sum is { } found)
        {
            fields.Add(name, found.Value, found.Row.Place, Math.Clamp(0.5 + (0.45 * found.Score), 0.5, 0.95));
        }
    }

    private static List<SumCandidate> Find(Page page, IReadOnlyList<string> labels)
    {
        var hits = LabelSearch.Find(page, labels, text => SumText.Read(page, text));
        return [.. hits.Where(hit => !SumText.IsOther(hit) && !(hit.IsBelow && LineColumns.Of(hit.Row) is not null)).Take(Candidates)
            .Select(hit => new SumCandidate(Amount.Invariant(hit.Value)!.Value, hit.Row, hit.Score, hit.IsBelow))];
    }

    // A row with net, tax and gross side by side, as in a table of tax rates.
    private static void AddTableSums(Page page, List<SumCandidate> gross, List<SumCandidate> net, List<SumCandidate> tax)
    {
        var known = gross.Select(candidate => candidate.Value).ToHashSet();
        var duties = tax.Where(duty => duty.Value > 0).Select(duty => duty.Value).ToHashSet();
        foreach (var row in page.Rows)
        {
            var amounts = page.Amounts(row.Text).Where(amount => amount.Decimals == 2).Select(amount => amount.Value).ToList();
            var pairs = amounts.Zip(amounts.Skip(1))
                .Where(pair => pair.First > 0 && known.Contains(pair.Second) && duties.Contains(pair.Second - pair.First));
            net.AddRange(pairs.Take(MostOfTable - net.Count).Select(pair => new SumCandidate(pair.First, row, 0.7)));
            for (var index = 0; index + 2 < amounts.Count && net.Count < MostOfTable; index++)
            {
                var (one, other, sum) = (amounts[index], amounts[index + 1], amounts[index + 2]);
                if (one + other == sum && sum > 0 && one > 0 && other >= 0 && known.Contains(sum))
                {
                    net.Add(new(Math.Max(one, other), row, 0.9));
                    tax.Add(new(Math.Min(one, other), row, 0.9));
                    if (Math.Min(one, other) > 0)
                    {
                        duties.Add(Math.Min(one, other));
                    }
                }
            }
        }
    }

    private static (SumCandidate? Net, SumCandidate? Tax, SumCandidate? Gross) Best(
        List<SumCandidate> gross, List<SumCandidate> net, List<SumCandidate> tax)
    {
        (SumCandidate? Net, SumCandidate? Tax, SumCandidate? Gross) best = (null, null, null);
        var bestScore = double.MinValue;
        foreach (var total in gross)
        {
            foreach (var without in net)
            {
                foreach (var duty in tax.Where(duty => Math.Abs(without.Value + duty.Value - total.Value) <= 0.02m))
                {
                    var score = total.Score + without.Score + duty.Score + (duty.Value == 0 && without.Row == total.Row ? -1 : 0);
                    if (score > bestScore)
                    {
                        (best, bestScore) = ((without, duty, total), score);
                    }
                }
            }
        }

        return best.Gross is null ? SeveralRates(gross, net, tax) ?? Loose(gross, net, tax) : best;
    }

    // One row of tax for each rate: all of them together are the tax.
    private static (SumCandidate? Net, SumCandidate? Tax, SumCandidate? Gross)? SeveralRates(
        List<SumCandidate> gross, List<SumCandidate> net, List<SumCandidate> tax)
    {
        var rows = tax.Where(duty => !duty.IsBelow && duty.Value > 0).DistinctBy(duty => duty.Row.Index).ToList();
        var sum = rows.Sum(duty => duty.Value);
        if (rows.Count < 2)
        {
            return null;
        }

        var pairs = from total in gross from without in net where Math.Abs(without.Value + sum - total.Value) <= 0.02m orderby total.Score
            + without.Score descending select (without, total);
        return pairs.Select(pair =>
            ((SumCandidate?, SumCandidate?, SumCandidate?)?)(pair.without, rows[0] with { Value = sum }, pair.total)).FirstOrDefault();
    }

    // Nothing adds up: the best label of each that stands beside its amount, as long as they are not absurd together.
    private static (SumCandidate? Net, SumCandidate? Tax, SumCandidate? Gross) Loose(
        List<SumCandidate> gross, List<SumCandidate> net, List<SumCandidate> tax)
    {
        SumCandidate? total = gross.Count == 0
            ? null
            : gross.OrderByDescending(candidate => candidate.Score).ThenByDescending(candidate => candidate.Value).First();
        SumCandidate? without = net.Where(candidate => !candidate.IsBelow).Select(candidate => (SumCandidate?)candidate).FirstOrDefault();
        SumCandidate? duty = tax.Where(candidate => !candidate.IsBelow).Select(candidate => (SumCandidate?)candidate).FirstOrDefault();
        if (total is { } sum)
        {
            without = without is { } part && Math.Abs(part.Value) <= Math.Abs(sum.Value) ? part : null;
            duty = duty is { } share && Math.Abs(share.Value) < Math.Abs(sum.Value) / 2 ? share : null;
        }

        return (without, duty, total);
    }
}
